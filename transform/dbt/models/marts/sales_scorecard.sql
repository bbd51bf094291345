{{ scorecard('sales') }}
