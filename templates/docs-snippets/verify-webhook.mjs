import { Webhook } from 'standardwebhooks';

/** `body`: the bytes as they came, before any JSON parser. Throws for a message that is not ours. */
export function verify(secret, headers, body) {
  return new Webhook(secret).verify(body, headers);
}
