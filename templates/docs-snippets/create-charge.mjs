const response = await fetch('https://pay.example/v1/charges', {
  method: 'POST',
  headers: {
    Authorization: `Bearer ${process.env.TABANE_KEY}`,
    'Idempotency-Key': 'order-1001',
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({
    service: 'video',
    amount: 550,
    tax_code: 'standard',
    description: '映画レンタル 48時間',
    reference: 'order-1001',
    return_url: 'https://shop.example/orders/1001',
    capture: 'automatic',
  }),
});
const charge = await response.json();
if (!response.ok) throw new Error(`${charge.code}: ${charge.detail}`);
console.log(charge.id, charge.confirm_url);
