import { Buffer } from 'node:buffer';
import type { Random } from '../../../batch/demo/random.ts';

/** A good line master file, row by row; each row is another line. */
export interface GoodFile {
  readonly header: string;
  readonly rows: readonly GoodRow[];
}

export interface GoodRow {
  readonly lineId: string;
  /** The row as written, without its line feed. */
  readonly text: string;
}

export const HEADER = 'line_id,holder,closing_group,status,valid_from,valid_to,birth_date,email';

const holders = [
  '東西 花子',
  '南北 太郎',
  'Ünal Öz',
  '𠮷田 𠮷子',
  "O'Hara",
  '=1+1',
  '"有限会社 ""束ね"""',
  '"カンマ, 商店"',
  '"二行\nの名"',
];
const groups = ['5', '10', '15', '20', '25', '31', 'end'];

/** Draws a file; every line of text without a quote is a row, regardless of its neighbours. */
export function drawFile(random: Random, { withQuotes }: { withQuotes: boolean }): GoodFile {
  const names = holders.filter((name) => withQuotes || !name.includes('"'));
  const first = random.below(9_000_000);
  const rows = Array.from({ length: random.between(1, 12) }, (_, index) => {
    const lineId = `CAF${String(first + index).padStart(10, '0')}`;
    const birth = random.below(2) === 0 ? '' : `19${random.between(50, 99)}-02-03`;
    const email = random.below(2) === 0 ? '' : `b${index}@example.jp`;
    const status = random.pick(['active', 'suspended', 'closed']);
    const ends = random.below(4) === 0 ? '2027-01-01' : '';
    const fields = [
      lineId,
      random.pick(names),
      random.pick(groups),
      status,
      '2026-01-01',
      ends,
      birth,
      email,
    ];
    return { lineId, text: fields.join(',') };
  });
  return { header: HEADER, rows };
}

/** The bytes of a good file. */
export function bytesOf({ header, rows }: GoodFile): Buffer {
  return Buffer.from([header, ...rows.map(({ text }) => text), ''].join('\n'));
}
