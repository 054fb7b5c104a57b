/** A page, form or download by its name, with the status that each column expects. */
export interface MatrixRow<Column extends string> {
  readonly name: string;
  /** Its address; `{purchase}` stands for an identifier of the world. */
  readonly path: string;
  readonly expected: Readonly<Record<Column, number>>;
}

/** Reads a table of a matrix: name, address and a status for each column, separated by blanks; `#` begins a comment. */
export function readMatrix<const Column extends string>(
  columns: readonly Column[],
  table: string,
): MatrixRow<Column>[] {
  const lines = table.split('\n').map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  return lines.filter(Boolean).map((line) => {
    const [name = '', path = '', ...statuses] = line.split(/\s+/);
    if (statuses.length !== columns.length) throw new Error(`${name} needs ${columns.length} statuses`);
    const expected = Object.fromEntries(columns.map((column, at) => [column, Number(statuses[at])]));
    return { name, path, expected: expected as Record<Column, number> };
  });
}
