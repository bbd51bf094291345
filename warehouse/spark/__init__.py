"""Spark: raw tables as Parquet files on a path that the cluster shares, marts computed there."""

from warehouse.spark.cluster import SparkCluster

__all__ = ["SparkCluster"]
