import json, os, urllib.request

request = urllib.request.Request(
    "https://pay.example/v1/charges",
    method="POST",
    headers={
        "Authorization": f"Bearer {os.environ['TABANE_KEY']}",
        "Idempotency-Key": "order-1001",
        "Content-Type": "application/json",
    },
    data=json.dumps({
        "service": "video",
        "amount": 550,
        "tax_code": "standard",
        "description": "映画レンタル 48時間",
        "reference": "order-1001",
        "return_url": "https://shop.example/orders/1001",
        "capture": "automatic",
    }).encode(),
)
with urllib.request.urlopen(request) as response:
    charge = json.load(response)
print(charge["id"], charge["confirm_url"])
