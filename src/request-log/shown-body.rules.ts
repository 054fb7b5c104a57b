/** A longer body is not parsed again for the log. */
export const MAX_PARSED_LENGTH = 16_384;
const MAX_SHOWN_LENGTH = 4_000;
const REDACTED = '[redacted]';

/** Members that hold a secret, or open something to those who have them. */
const SECRET_NAME = /secret|passw|token|authorization|credential|private_?key|api_?key|confirm_url/i;
/** Secrets in whatever member they stand. */
const SECRET_TEXT = /\b((?:tbn|tbs_[a-z2-9]{12})_\w{26})_[\w-]{20,}|\bwhsec_[\w+/=-]+/g;
const ADDRESS_NAME = /url$/i;
/** The line, telephone number or issued ID of a person, of which the API returns no more than the end either. */
const ADDRESSEE_NAME = 'to';
const ADDRESSEE_END = 4;

/**
 * A body as the log shows it: JSON without secrets, without the queries of addresses and with the end of an addressee alone, cut. Undefined for what is empty, long or no
 * JSON.
 */
export function showBody(text: string | undefined): string | undefined {
  if (text === undefined || text === '' || text.length > MAX_PARSED_LENGTH) return undefined;
  try {
    const shown = JSON.stringify(JSON.parse(text, hideSecret), null, 2);
    return cut(
      shown.replaceAll(SECRET_TEXT, (_, id?: string) => (id === undefined ? REDACTED : `${id}_${REDACTED}`)),
    );
  } catch {
    return undefined;
  }
}

function hideSecret(name: string, value: unknown): unknown {
  if (SECRET_NAME.test(name) && value !== null) return REDACTED;
  if (name === ADDRESSEE_NAME) return endOf(value);
  if (typeof value === 'string' && ADDRESS_NAME.test(name)) return value.replace(/[?#].*$/s, '?…');
  return value;
}

/** Of whatever type it was sent: one that is refused is in the log too. */
function endOf(addressee: unknown): unknown {
  if (addressee === null) return null;
  if (typeof addressee === 'object') return REDACTED;
  const text = typeof addressee === 'string' ? addressee : JSON.stringify(addressee);
  return `…${text.slice(-ADDRESSEE_END)}`;
}

function cut(text: string): string {
  const letters = text.length > MAX_SHOWN_LENGTH ? `${text.slice(0, MAX_SHOWN_LENGTH)}…` : text;
  return letters.toWellFormed();
}
