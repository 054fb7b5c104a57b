import json, os, urllib.request

request = urllib.request.Request(
    f"https://pay.example/v1/charges/{os.environ['CHARGE']}",
    headers={"Authorization": f"Bearer {os.environ['TABANE_KEY']}"},
)
with urllib.request.urlopen(request) as response:
    charge = json.load(response)
print(charge["state"], charge["reference"])
