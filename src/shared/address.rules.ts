/**
 * The one rule for e-mail addresses: ASCII (RFC 5321 without the addresses of RFC 6531), a name and a host of at
 * least two labels. Before the `@` only the characters are checked: carriers have issued names that no RFC allows (`..`, a
 * dot at the end), in quotes and without.
 */
const EMAIL =
  /^(?:[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}|"[!#-[\]-~]{1,62}")@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/;
const MAX_EMAIL = 254;

export function isEmailAddress(text: string): boolean {
  return text.length <= MAX_EMAIL && EMAIL.test(text);
}

/**
 * The one rule for web addresses, as a pattern of JSON Schema: absolute, http or https, ASCII without blanks, and no name
 * and password before the host.
 */
export const WEB_ADDRESS = '^https?://[!"$-.0->A-~]+([/?#][!-~]*)?$';

/** The schema of a web address. */
export const webAddress = {
  type: 'string',
  format: 'uri',
  maxLength: 2048,
  pattern: WEB_ADDRESS,
  mustBe: 'a web address that begins with https:// or http://, of at most 2,048 ASCII characters',
} as const;
