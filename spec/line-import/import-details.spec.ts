import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, before, beforeEach, describe, test } from 'node:test';
import { inTransaction } from '../../src/database/transaction.ts';
import { changesAreRecorded } from '../../src/invariants/changes-are-recorded.ts';
import { importLines, type ImportLines } from '../../src/line-import/import-lines.ts';
import { getLineMaster, listLinesOfTelephone } from '../../src/lines/line.queries.ts';
import { contains } from '../../src/shared/date-range.rules.ts';
import { staff } from '../support/actors.ts';
import { createWorld, NOON_IN_TOKYO, type World } from '../support/world.ts';
import { nothingKnown } from './nothing-known.ts';

let world: World;
before(async () => (world = await createWorld()));
after(() => world.close());
beforeEach(() => world.clock.set(NOON_IN_TOKYO));

const OLD = 'line_id,holder,closing_group,status,valid_from,valid_to,birth_date,email';
const NEW = `${OLD},product,options,telephone,holder_kana,postal_code,address,building`;
let made = 0;
const newLine = (): string => `CAF${String((made += 1)).padStart(10, '0')}`;
const newNumber = (): string => `03-1234-${String((made += 1)).padStart(4, '0')}`;
const e164 = (number: string): string => `+81${number.replaceAll('-', '').slice(1)}`;

interface Row {
  readonly line: string;
  readonly holder?: string;
  readonly from?: string;
  readonly status?: string;
  readonly details?: string;
}
const row = ({
  line,
  holder = '東西 花子',
  from = '2026-01-01',
  status = 'active',
  details = ',,,,,,',
}: Row): string => `${line},${holder},31,${status},${from},,,,${details}`;
const withNumber = (line: string, telephone: string, more: Partial<Row> = {}): string =>
  row({ line, details: `,,${telephone},,,,`, ...more });

async function importRows(rows: readonly string[], over: Partial<ImportLines> & { header?: string } = {}) {
  const { header = NEW, ...more } = over;
  const source = Readable.from([Buffer.from([header, ...rows, ''].join('\n'))]);
  return await importLines(world.deps, staff(), { source, fileName: 'lines.csv', ...more });
}

const tenuresOf = async (line: string) => (await getLineMaster(world.deps, staff(), line)).tenures;
const numberOf = async (line: string) => (await tenuresOf(line)).at(-1)?.telephone;
const codesOf = ({ errors }: Awaited<ReturnType<typeof importRows>>) => errors.map((e) => [e.row, e.code]);

async function assertRecorded(): Promise<void> {
  for (const rule of changesAreRecorded.rules) {
    const { offending } = await inTransaction(world.deps, (tx) => rule.find(tx, {}));
    assert.deepEqual(offending, []);
  }
}

const HANAKO =
  'フレッツ 光ネクスト,ひかり電話;フレッツ・ドットネット,03-9999-0001,ﾄｳｻﾞｲ ﾊﾅｺ,1000001,東京都千代田区千代田1-1,千代田ビル';
const hanako = {
  product: 'フレッツ 光ネクスト',
  options: 'ひかり電話;フレッツ・ドットネット',
  telephone: '+81399990001',
  holderKana: 'トウザイ ハナコ',
  postalCode: '100-0001',
  address: '東京都千代田区千代田1-1',
  building: '千代田ビル',
};

describe('the optional columns of a line file', () => {
  test('are stored with the tenure, and once: the file again changes nothing', async () => {
    const line = newLine();
    assert.equal((await importRows([row({ line, details: HANAKO })])).added, 1);
    const [tenure] = await tenuresOf(line);
    assert.deepEqual(
      { ...nothingKnown, ...hanako, email: tenure?.email, birthDate: tenure?.birthDate },
      pick(tenure),
    );
    assert.equal((await importRows([row({ line, details: HANAKO })])).unchanged, 1);
    await assertRecorded();
    // A file without the columns, and one with empty fields, leave what is known.
    const old = `${line},東西 花子,31,active,2026-01-01,,1980-02-03,`;
    assert.equal((await importRows([old], { header: OLD })).changed, 1);
    assert.equal((await importRows([row({ line })])).unchanged, 1);
    assert.deepEqual(pick((await tenuresOf(line))[0]), { ...hanako, birthDate: '1980-02-03', email: null });
    // A dash clears one value and leaves the others.
    assert.equal((await importRows([row({ line, details: ',,,,,,-' })])).changed, 1);
    assert.deepEqual(pick((await tenuresOf(line))[0]), {
      ...hanako,
      birthDate: '1980-02-03',
      email: null,
      building: null,
    });
    await assertRecorded();
  });

  test('pass from one holder to the next as far as they are the line’s and not the person’s', async () => {
    const line = newLine();
    await importRows([row({ line, details: HANAKO.replace('0001', '0002') })]);
    const next = `${line},南北 太郎,31,active,2026-05-01,,,`;
    assert.equal((await importRows([next], { header: OLD })).added, 1);
    const [former, present] = await tenuresOf(line);
    assert.equal(former?.validTo, '2026-05-01');
    assert.deepEqual(pick(former).telephone, '+81399990002');
    const { product, options } = hanako;
    assert.deepEqual(pick(present), { ...nothingKnown, product, options });
    const on = async (date: string) =>
      (await tenuresOf(line)).find((tenure) => contains(tenure, date))?.holderKana;
    assert.deepEqual([await on('2026-04-30'), await on('2026-05-01')], ['トウザイ ハナコ', null]);
    await assertRecorded();
  });

  test('refuse a row by its number and a code, and the others are imported', async () => {
    const [good, bad, alsoBad] = [newLine(), newLine(), newLine()];
    const report = await importRows([
      row({ line: bad, details: ',,代表,,,,' }),
      row({ line: good, details: HANAKO.replace('0001', '0003') }),
      row({ line: alsoBad, details: ',,,東西,,,' }),
    ]);
    assert.deepEqual(codesOf(report), [
      [1, 'telephone-invalid'],
      [3, 'holder-kana-invalid'],
    ]);
    assert.equal((await tenuresOf(good)).length, 1);
    await assert.rejects(tenuresOf(bad), { code: 'line-not-found' });
  });
});

function pick(tenure: Record<string, unknown> | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.keys(nothingKnown).map((name) => [name, tenure?.[name] ?? null]));
}

describe('a telephone number', () => {
  test('belongs to one line at a time: a second line is refused, again and again', async () => {
    const [first, second, number] = [newLine(), newLine(), newNumber()];
    for (let night = 0; night < 2; night += 1) {
      const report = await importRows([withNumber(first, number), withNumber(second, number)]);
      assert.deepEqual(codesOf(report), [[2, 'telephone-taken']]);
      assert.equal(await numberOf(first), e164(number));
    }
    const alone = await importRows([withNumber(second, number)]);
    assert.deepEqual(codesOf(alone), [[1, 'telephone-taken']]);
    await assert.rejects(tenuresOf(second), { code: 'line-not-found' });
    await assertRecorded();
  });

  test('moves within a file, whichever line comes first, and two lines may swap theirs', async () => {
    const [a, b, one, other, third] = [newLine(), newLine(), newNumber(), newNumber(), newNumber()];
    await importRows([withNumber(a, one), withNumber(b, other)]);
    const swap = await importRows([withNumber(a, other), withNumber(b, one)]);
    assert.deepEqual([swap.changed, swap.refused], [2, 0]);
    assert.deepEqual([await numberOf(a), await numberOf(b)], [e164(other), e164(one)]);
    await importRows([withNumber(a, one), withNumber(b, third)]);
    assert.deepEqual([await numberOf(a), await numberOf(b)], [e164(one), e164(third)]);
    await importRows([withNumber(a, '-'), withNumber(b, one)]);
    assert.deepEqual([await numberOf(a), await numberOf(b)], [null, e164(one)]);
    await assertRecorded();
  });

  test('moves to a line that comes thousands of rows before the one that gives it up', async () => {
    const number = newNumber();
    const last = 'COP99999999';
    await importRows([withNumber(last, number)]);
    const between = Array.from({ length: 2_500 }, () => row({ line: newLine() }));
    const first = 'CAF0000000000';
    const report = await importRows([withNumber(first, number), ...between, withNumber(last, '-')]);
    assert.deepEqual([report.added, report.changed, report.refused], [2_501, 1, 0]);
    assert.deepEqual([await numberOf(first), await numberOf(last)], [e164(number), null]);
  });

  test('is free when its line closes or its holder leaves', async () => {
    const [closed, left, next, later] = [newLine(), newLine(), newLine(), newLine()];
    const [one, other] = [newNumber(), newNumber()];
    await importRows([withNumber(closed, one), withNumber(left, other)]);
    await importRows([
      row({ line: closed, status: 'closed' }),
      row({ line: left, holder: '別人', from: '2026-05-01' }),
    ]);
    const report = await importRows([withNumber(next, one), withNumber(later, other)]);
    assert.deepEqual([report.added, report.refused], [2, 0]);
    // The closed line brings its number once more: it has none.
    assert.equal((await importRows([withNumber(closed, one, { status: 'closed' })])).unchanged, 1);
    await assertRecorded();
  });

  test('of two imports at once goes to one of them, and the other is refused', async () => {
    const number = newNumber();
    const lines = Array.from({ length: 6 }, newLine);
    const reports = await Promise.all(lines.map((line) => importRows([withNumber(line, number)])));
    assert.equal(reports.filter(({ added }) => added === 1).length, 1);
    assert.equal(reports.filter(({ refused }) => refused === 1).length, 5);
    await assertRecorded();
  });

  test('finds its line and holder on a day', async () => {
    const [former, present, number] = [newLine(), newLine(), newNumber()];
    await importRows([withNumber(former, number)]);
    await importRows([row({ line: former, holder: '別人', from: '2026-04-01' })]);
    await importRows([withNumber(present, number, { holder: '南北 太郎', from: '2026-05-01' })]);
    const find = (date: string) =>
      listLinesOfTelephone(world.deps, staff(), { telephone: e164(number), date });
    assert.deepEqual(
      (await find('2026-03-31')).map(({ lineId }) => lineId),
      [former],
    );
    assert.deepEqual(await find('2026-04-15'), []);
    const [found] = await find('2026-05-10');
    assert.deepEqual([found?.lineId, found?.holder], [present, '南北 太郎']);
  });

  test('is checked by a dry run too, which writes nothing', async () => {
    const [first, second, number] = [newLine(), newLine(), newNumber()];
    await importRows([withNumber(first, number)]);
    const report = await importRows([withNumber(second, number)], { dryRun: true });
    assert.deepEqual(codesOf(report), [[1, 'telephone-taken']]);
    await assert.rejects(tenuresOf(second), { code: 'line-not-found' });
  });
});
