import json, os, urllib.parse, urllib.request

query = {"limit": "100"}
while True:
    request = urllib.request.Request(
        f"https://pay.example/v1/events?{urllib.parse.urlencode(query)}",
        headers={"Authorization": f"Bearer {os.environ['TABANE_KEY']}"},
    )
    with urllib.request.urlopen(request) as response:
        page = json.load(response)
    for event in page["items"]:
        print(event["sequence"], event["type"], event["data"]["object"]["id"])
    if page["next"] is None:
        break
    query["after"] = page["next"]
