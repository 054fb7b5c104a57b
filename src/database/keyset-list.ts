interface Choice {
  readonly limit: number;
  readonly state?: string | undefined;
  readonly reference?: string | undefined;
}

/** The owner of the listed rows. */
interface Owner {
  readonly rows: { readonly companyId?: number };
}

/**
 * Finds a page of a company's rows: newest first, by the key of the company and the filters. The statement names the key:
 * reading all companies' rows backwards until a page is full looks cheap to the optimizer, but is not for a company that
 * sells little. Rows of all companies are read by their identifiers.
 */
export function keysetList(
  table: 'charge' | 'consent' | 'subscription' | 'refund',
  { rows }: Owner,
  choice: Choice,
) {
  const page = { orderBy: { id: 'desc' }, limit: choice.limit } as const;
  if (rows.companyId === undefined) return page;
  const indexHint = `FORCE INDEX (${table}_of_${keyFor(choice)})`;
  return { ...page, indexHint } as const;
}

function keyFor({ reference, state }: Choice): string {
  if (reference !== undefined) return 'reference';
  return state === undefined ? 'company' : 'state';
}
