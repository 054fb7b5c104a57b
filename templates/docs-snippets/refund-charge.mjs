const response = await fetch(`https://pay.example/v1/charges/${process.env.CHARGE}/refunds`, {
  method: 'POST',
  headers: {
    Authorization: `Bearer ${process.env.TABANE_KEY}`,
    'Idempotency-Key': 'return-31',
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ amount: 250, reason: 'defective', reference: 'return-31' }),
});
const refund = await response.json();
if (!response.ok) throw new Error(`${refund.code}: ${refund.detail}`);
console.log(refund.id, refund.amount);
