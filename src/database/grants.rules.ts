/** The rights of the service and its batches in their database. EXECUTE is for the functions of the migrations. */
export const SERVICE_RIGHTS = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'EXECUTE'] as const;

/** Databases of the server itself: write access there means control over rights. */
const OF_SERVER = ['mysql', 'sys', 'performance_schema', 'information_schema'];

/** One line of SHOW GRANTS. */
interface Grant {
  readonly rights: readonly string[];
  /** As printed there: `*.*`, `` `tabane`.* ``. */
  readonly on: string;
  /** A pattern with % and _; undefined for all databases. */
  readonly database: string | undefined;
  readonly isOfWholeDatabase: boolean;
  readonly mayGiveAway: boolean;
}

const QUOTED = '`((?:[^`]|``)+)`';
const GRANT = new RegExp(
  `^GRANT (.+?) ON (?:(?:TABLE|FUNCTION|PROCEDURE|PACKAGE|PACKAGE BODY) )?(\\*\\.\\*|${QUOTED}\\.(?:\\*|${QUOTED})) TO (.*)$`,
);

/** Undefined for a line of another kind: a role, a proxy. */
function readGrant(line: string): Grant | undefined {
  const found = GRANT.exec(line);
  if (!found) return undefined;
  const [, rights = '', on = '', database, table, rest = ''] = found;
  return {
    rights: rights.replaceAll(/ ?\([^)]*\)/g, '').split(', '),
    on,
    database: database?.replaceAll('``', '`'),
    isOfWholeDatabase: database !== undefined && table === undefined,
    mayGiveAway: / WITH (?:.* )?GRANT OPTION\b/.test(rest),
  };
}

/**
 * The rights of a user beyond reading and writing rows, from the lines of its SHOW GRANTS; empty for a user with no excess
 * rights. Contains rights and where they apply, never a password.
 */
export function findExcessRights(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const grant = readGrant(line);
    // The rest of such a line is a name, not a secret.
    if (!grant) return [line.replace(/ IDENTIFIED BY .*/, '')];
    const { rights, on, database } = grant;
    const isOfServer = database === undefined || OF_SERVER.some((name) => isMatched(name, database));
    const excess = rights.filter((right) => right !== 'USAGE' && (isOfServer || !isOfService(right)));
    if (grant.mayGiveAway) excess.push('GRANT OPTION');
    return excess.length === 0 ? [] : [`${excess.join(', ')} on ${on}`];
  });
}

/** The rights that the service needs in a database and that a user lacks according to these lines. */
export function listMissingRights(lines: readonly string[], database: string): string[] {
  const grants = lines
    .map(readGrant)
    .filter((grant) => grant !== undefined)
    .filter(
      (grant) =>
        grant.database === undefined || (grant.isOfWholeDatabase && isMatched(database, grant.database)),
    );
  const held = new Set(grants.flatMap(({ rights }) => rights));
  if (held.has('ALL PRIVILEGES')) return [];
  return SERVICE_RIGHTS.filter((right) => !held.has(right));
}

/** The rights that a migration revokes: those in this database beyond the service's. */
export function listRevocable(
  lines: readonly string[],
  database: string,
): { on: string; rights: string[] }[] {
  return lines.flatMap((line) => {
    const grant = readGrant(line);
    if (!grant?.isOfWholeDatabase || grant.database?.replaceAll('\\', '') !== database) return [];
    const excess = grant.rights.filter((right) => right !== 'USAGE' && !isOfService(right));
    const rights = [...excess, ...(grant.mayGiveAway ? ['GRANT OPTION'] : [])];
    return rights.length === 0 ? [] : [{ on: grant.on, rights }];
  });
}

function isOfService(right: string): boolean {
  return (SERVICE_RIGHTS as readonly string[]).includes(right);
}

/** Matches like the server: % is any text, _ any character, unless a backslash precedes it. */
function isMatched(name: string, pattern: string): boolean {
  const source = pattern.replaceAll(/\\?[^]/g, (character) => {
    if (character === '%') return '.*';
    if (character === '_') return '.';
    return RegExp.escape(character.replace(/^\\/, ''));
  });
  return new RegExp(`^${source}$`, 'i').test(name);
}
