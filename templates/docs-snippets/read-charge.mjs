const response = await fetch(`https://pay.example/v1/charges/${process.env.CHARGE}`, {
  headers: { Authorization: `Bearer ${process.env.TABANE_KEY}` },
});
const charge = await response.json();
if (!response.ok) throw new Error(`${charge.code}: ${charge.detail}`);
console.log(charge.state, charge.reference);
