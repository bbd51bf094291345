{{ scorecard('marketing') }}
