let after;
do {
  const query = new URLSearchParams({ limit: '100', ...(after && { after }) });
  const response = await fetch(`https://pay.example/v1/events?${query}`, {
    headers: { Authorization: `Bearer ${process.env.TABANE_KEY}` },
  });
  const page = await response.json();
  if (!response.ok) throw new Error(`${page.code}: ${page.detail}`);
  for (const event of page.items) console.log(event.sequence, event.type, event.data.object.id);
  after = page.next;
} while (after);
