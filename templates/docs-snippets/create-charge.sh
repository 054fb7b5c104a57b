curl https://pay.example/v1/charges \
  -H "Authorization: Bearer $TABANE_KEY" \
  -H "Idempotency-Key: order-1001" \
  -H "Content-Type: application/json" \
  -d '{
    "service": "video",
    "amount": 550,
    "tax_code": "standard",
    "description": "映画レンタル 48時間",
    "reference": "order-1001",
    "return_url": "https://shop.example/orders/1001",
    "capture": "automatic"
  }'
