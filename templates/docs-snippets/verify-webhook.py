import base64, hashlib, hmac, json, time


def verify(secret, headers, body):
    """body: the bytes as they came. Raises for a message that is not ours."""
    if abs(time.time() - int(headers["webhook-timestamp"])) > 300:
        raise ValueError("the message is too old")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f'{headers["webhook-id"]}.{headers["webhook-timestamp"]}.'.encode() + body
    expected = "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    if not any(hmac.compare_digest(expected, given) for given in headers["webhook-signature"].split()):
        raise ValueError("no signature fits")
    return json.loads(body)
