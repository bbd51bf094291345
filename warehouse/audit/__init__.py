"""The tables of `audit`: each room writes its own, all by one contract."""

from warehouse.audit.contract import AuditTable, Column, audit_table

__all__ = ["AuditTable", "Column", "audit_table"]
