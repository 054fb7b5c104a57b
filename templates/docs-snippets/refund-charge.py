import json, os, urllib.request

request = urllib.request.Request(
    f"https://pay.example/v1/charges/{os.environ['CHARGE']}/refunds",
    method="POST",
    headers={
        "Authorization": f"Bearer {os.environ['TABANE_KEY']}",
        "Idempotency-Key": "return-31",
        "Content-Type": "application/json",
    },
    data=json.dumps({"amount": 250, "reason": "defective", "reference": "return-31"}).encode(),
)
with urllib.request.urlopen(request) as response:
    refund = json.load(response)
print(refund["id"], refund["amount"])
