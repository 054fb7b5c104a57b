curl "https://pay.example/v1/charges/$CHARGE" \
  -H "Authorization: Bearer $TABANE_KEY"
