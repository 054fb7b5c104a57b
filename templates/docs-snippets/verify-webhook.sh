# The headers are in ID, TIMESTAMP and SIGNATURE, the body as it came in body.json.
key=$(printf '%s' "${WEBHOOK_SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
expected=$({ printf '%s.%s.' "$ID" "$TIMESTAMP"; cat body.json; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)
age=$(($(date +%s) - TIMESTAMP))
case " $SIGNATURE " in
  *" v1,$expected "*) [ "${age#-}" -le 300 ] && echo verified ;;
  *) echo 'not verified' >&2; exit 1 ;;
esac
