"""Early warning: daily series, dated rules, the statistical baseline and their alarms."""
