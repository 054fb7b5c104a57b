import { formatMoney } from '../../src/shared/money.ts';
import { labelIn, writeDate } from '../pdf/document-format.ts';
import type { Flow } from '../pdf/flow.ts';
import { drawParagraph, type Label } from '../pdf/label.ts';
import { frame } from '../pdf/page-frame.ts';
import { textStyles } from '../pdf/palette.ts';
import { drawSectionTitle, SECTION_TITLE_HEIGHT } from '../pdf/section-title.ts';
import { Table, type Cell, type Column } from '../pdf/table.ts';
import type { ContractContent, TariffVersionContent } from './contract.types.ts';
import { asOf, branches, curveNote, labels } from './wording.ts';

const ROW_HEIGHT = 17;
const LEADING = 12;
/** What stands between the title of a tariff and its figures, with their head. */
const WORDS_HEIGHT = 80;
/** A curve is kept on one page, unless it is nearly as long as one. */
const WHOLE_MAX = 500;

interface Drawn {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Draws a table with its head, again on each further page. */
function drawTable(flow: Flow, { columns, rows }: Drawn): void {
  const { canvas } = flow;
  const table = new Table(canvas, frame.left, columns);
  const head = (isAgain: boolean) => {
    table.drawHeader(flow.y, isAgain);
    flow.advance(table.headerHeight);
  };
  canvas.group('Table', () => {
    flow.ensure(table.headerHeight + ROW_HEIGHT);
    head(false);
    for (const cells of rows) {
      const row = table.layOut({ cells, height: ROW_HEIGHT });
      if (flow.ensure(row.height)) head(true);
      table.drawRow(flow.y, row);
      flow.advance(row.height);
    }
  });
}

function drawTitle(flow: Flow, label: Label, beneath: number): void {
  flow.ensure(SECTION_TITLE_HEIGHT + beneath);
  drawSectionTitle(flow.canvas, { x: frame.left, y: flow.y, width: frame.width }, label);
  flow.advance(SECTION_TITLE_HEIGHT - 3);
}

/** The services of the company, as they are called on the day of issue. */
export function drawServices(flow: Flow, contract: ContractContent): void {
  const { language, services, servicesAsOf } = contract;
  const of = asOf(servicesAsOf, language);
  const title = labelIn(labels.services, language);
  drawTitle(flow, { ...title, ja: `${title.ja}${language === 'ja' ? `（${of}）` : `, ${of}`}` }, 60);
  const label = (name: keyof typeof labels) => labelIn(labels[name], language);
  const suspended = language === 'ja' ? '停止中' : 'suspended';
  drawTable(flow, {
    columns: [
      { label: label('service'), width: 220, align: 'left' },
      { label: label('code'), width: 110, align: 'left' },
      { label: label('site'), width: frame.width - 330, align: 'left' },
    ],
    rows:
      services.length === 0
        ? [[{ text: '–' }, { text: '' }, { text: '' }]]
        : services.map(({ name, code, site, isSuspended }) => [
            { text: name, ...(isSuspended && { below: suspended }) },
            { text: code },
            { text: site },
          ]),
  });
}

/** Each version of the tariff during the contract, in words and as a curve of figures. */
export function drawTariff(flow: Flow, contract: ContractContent): void {
  const { language, tariffName, versions } = contract;
  for (const version of versions) {
    const from = writeDate(version.validFrom, language);
    const name =
      language === 'ja' ? `料金プラン：${tariffName}（${from}から）` : `Tariff: ${tariffName}, from ${from}`;
    drawTitle(
      flow,
      { ja: name, en: '' },
      Math.min(WORDS_HEIGHT + version.curve.length * ROW_HEIGHT, WHOLE_MAX),
    );
    drawWords(flow, version.words);
    drawWords(flow, curveNote(version.curve, language), true);
    drawCurve(flow, version, contract);
    flow.advance(10);
  }
}

function drawWords(flow: Flow, text: string, isQuiet = false): void {
  const { canvas } = flow;
  const style = isQuiet ? textStyles.note : textStyles.body;
  const lines = canvas.wrap(text, frame.width - 12, style).length;
  flow.ensure(lines * LEADING);
  canvas.tag('P', () =>
    drawParagraph(canvas, text, {
      x: frame.left + 6,
      width: frame.width - 12,
      baseline: flow.y + 9,
      style,
      leading: LEADING,
    }),
  );
  flow.advance(lines * LEADING + 3);
}

function drawCurve(flow: Flow, { curve }: TariffVersionContent, { language }: ContractContent): void {
  const label = (name: keyof typeof labels) => labelIn(labels[name], language);
  const money = (minor: bigint) => formatMoney(minor, 'JPY', language);
  drawTable(flow, {
    columns: [
      { label: label('average'), width: 120, align: 'right' },
      { label: label('billed'), width: 140, align: 'right' },
      { label: label('branch'), width: 110, align: 'left' },
      { label: label('fee'), width: frame.width - 370, align: 'right' },
    ],
    rows: curve.map(({ averageMinor, billedMinor, branch, feeMinor }) => [
      { text: money(averageMinor) },
      { text: money(billedMinor) },
      { text: branches[branch][language] },
      { text: money(feeMinor) },
    ]),
  });
}
