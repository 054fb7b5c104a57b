curl "https://pay.example/v1/charges/$CHARGE/refunds" \
  -H "Authorization: Bearer $TABANE_KEY" \
  -H "Idempotency-Key: return-31" \
  -H "Content-Type: application/json" \
  -d '{"amount": 250, "reason": "defective", "reference": "return-31"}'
