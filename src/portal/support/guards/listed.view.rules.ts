import type { SafeguardRow } from '../../../safeguards/safeguard.rules.ts';
import type { TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { reasonInputs } from '../acts/reason.rules.ts';
import {
  choicesOf,
  guardLines,
  guardTable,
  sellerCells,
  sellerInputs,
  sinceColumns,
  whomInput,
  whomText,
} from './guard-words.rules.ts';
import { guardPage } from './guards.view.rules.ts';
import type { LoadedGuards } from './load-guards.ts';

const isListed = ({ kind }: SafeguardRow) => kind === 'allow' || kind === 'only-listed';

/** The list of an issued ID, and whether it may buy from that list alone. */
export function listedView(loaded: LoadedGuards, frame: ViewFrame): SectionsView {
  const { t } = frame;
  const lines = guardLines(loaded, isListed, frame);
  const table: TableView = {
    ...guardTable(frame),
    columns: [
      { label: t('support.guards.whom') },
      { label: t('support.guards.what') },
      { label: t('support.charge.company') },
      { label: t('support.guards.service-column') },
      ...sinceColumns(lines, frame),
    ],
    rows: lines.map(({ row, since }) => ({
      cells: [
        whomText(row, loaded, frame),
        wordsOf(row, frame),
        ...(row.kind === 'allow' ? sellerCells(row, loaded, frame) : ['', '']),
        ...since,
      ],
    })),
  };
  const confirm = {
    title: t('support.listed.question'),
    texts: [t('support.listed.effect'), t('support.guards.effect')],
    fields: [
      whomInput(loaded, frame, { line: false }),
      {
        name: 'what',
        label: t('support.listed.what'),
        options: choicesOf(['only-listed', 'anything', 'allow', 'remove'], (what) =>
          t(`support.listed.what.${what}`),
        ),
      },
      ...sellerInputs({}, frame, { isOptional: true }),
      ...reasonInputs(frame),
    ],
    formName: 'support.listed-form',
  };
  return guardPage(loaded, { title: t('support.guards.listed'), path: 'listed', table, confirm }, frame);
}

function wordsOf({ kind, inForce }: SafeguardRow, { t }: ViewFrame): string {
  if (kind === 'only-listed')
    return t(inForce ? 'support.listed.what.only-listed' : 'support.listed.what.anything');
  return t(inForce ? 'support.listed.what.allow' : 'support.listed.what.remove');
}
