/** As `actorName` writes people of accounts. */
const OF_ACCOUNT = /^(?:staff|company-user):acct-\d+$/;

/** The people whom the data of a page names as the audit trail does, wherever in it: their names are looked up together. */
export function actorsIn(data: unknown, found = new Set<string>(), seen = new Set<object>()): Set<string> {
  if (typeof data === 'string' && OF_ACCOUNT.test(data)) found.add(data);
  if (data === null || typeof data !== 'object' || data instanceof Date || seen.has(data)) return found;
  seen.add(data);
  if (data instanceof Map || data instanceof Set || Array.isArray(data)) {
    for (const one of data) actorsIn(one, found, seen);
  } else if (isPlain(data)) for (const one of Object.values(data)) actorsIn(one, found, seen);
  return found;
}

/** Plain objects and rows of entities; not what holds connections or buffers. */
const isPlain = (data: object) => !ArrayBuffer.isView(data);
