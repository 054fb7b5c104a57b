import type { FactView } from '../../kit/component.types.ts';

type Stored = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** The texts of the page that the buyer confirmed, word for word, in the order of that page. */
export function shownTexts(texts: Stored): FactView[] {
  const { title, seller, service, item, priceLabel, price, priceUnit, tax, note, rows } = texts;
  const head = [title, seller, service, item].filter(isText);
  return [
    ...(head.length > 0 ? [{ label: head[0]!, text: head.slice(1).join(' / ') }] : []),
    ...(isText(priceLabel) && isText(price)
      ? [{ label: priceLabel, text: `${price}${isText(priceUnit) ? priceUnit : ''}`, ...noteOf(tax) }]
      : []),
    ...(Array.isArray(rows) ? rows.filter(isRow).map(rowFact) : []),
    ...(isText(note) ? [{ label: '※', text: note }] : []),
  ];
}

const noteOf = (tax: unknown) => (isText(tax) ? { note: tax } : {});

interface StoredRow {
  readonly label: string;
  readonly texts: readonly unknown[];
}

function isRow(row: unknown): row is StoredRow {
  const { label, texts } = (row ?? {}) as Partial<StoredRow>;
  return isText(label) && Array.isArray(texts);
}

function rowFact({ label, texts }: StoredRow): FactView {
  const [text = '', ...others] = texts.filter(isText);
  return { label, text, ...(others.length > 0 && { note: others.join(' ') }) };
}
