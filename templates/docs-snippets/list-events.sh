curl "https://pay.example/v1/events?limit=100" \
  -H "Authorization: Bearer $TABANE_KEY"
