import { formatIssuedId } from '../../../identity/issued-id.rules.ts';
import type { SafeguardRow } from '../../../safeguards/safeguard.rules.ts';
import type { ConfirmView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { reasonInputs } from '../acts/reason.rules.ts';
import { companyHref, lineHref } from '../support-links.rules.ts';
import type { LoadedGuards } from './guards.pages.ts';

interface Part {
  readonly title: string;
  readonly table: TableView;
  readonly confirm: ConfirmView;
}

function view({ line: { lineId } }: LoadedGuards, part: Part, { t }: ViewFrame): SectionsView {
  return {
    title: part.title,
    crumbs: [
      { href: '/support', label: t('support.search.title') },
      { href: lineHref(lineId), label: lineId },
    ],
    sections: [{ id: 'set', title: t('support.guards.set'), table: part.table }],
    confirm: part.confirm,
  };
}

const isLimit = ({ kind }: SafeguardRow) => kind === 'monthly-limit' || kind === 'charge-limit';

/** The limits that are set, in force and from tomorrow on. */
export function limitsView(loaded: LoadedGuards, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const { guards } = loaded;
  const rowOf = (row: SafeguardRow, since: string) => [
    whomText(row, loaded, frame),
    t(row.kind === 'charge-limit' ? 'support.guards.kind.charge-limit' : 'support.guards.kind.monthly-limit'),
    row.limitMinor === null ? t('support.guards.none') : format.money(row.limitMinor),
    since,
  ];
  return view(
    loaded,
    {
      title: t('support.guards.limits'),
      table: {
        ...tableFrame(frame),
        columns: [
          { label: t('support.guards.whom') },
          { label: t('support.guards.kind') },
          { label: t('support.guards.amount'), isNumber: true },
          { label: t('support.guards.since') },
        ],
        rows: rowsOf(guards, isLimit, frame).map(({ row, since }) => ({ cells: rowOf(row, since) })),
      },
      confirm: {
        title: t('support.guards.limit-question'),
        texts: [t('support.guards.effect')],
        fields: [
          whomField(loaded, frame),
          {
            name: 'kind',
            label: t('support.guards.kind'),
            options: (['monthly-limit', 'charge-limit'] as const).map((value) => ({
              value,
              label: t(`support.guards.kind.${value}`),
            })),
          },
          {
            name: 'amount',
            label: t('support.guards.amount'),
            hint: t('support.guards.amount-hint'),
            isOptional: true,
          },
          ...(reasonInputs(frame) ?? []),
        ],
        formName: 'support.limit-form',
        action: `${lineHref(loaded.line.lineId)}/limits`,
        label: t('support.guards.go'),
        back: lineHref(loaded.line.lineId),
      },
    },
    frame,
  );
}

/** The companies that nothing is bought from. */
export function blocksView(loaded: LoadedGuards, frame: ViewFrame): SectionsView {
  const { t, language } = frame;
  const { guards } = loaded;
  return view(
    loaded,
    {
      title: t('support.guards.blocks'),
      table: {
        ...tableFrame(frame),
        columns: [
          { label: t('support.charge.company') },
          { label: t('support.guards.whom') },
          { label: t('support.guards.what') },
          { label: t('support.guards.since') },
        ],
        rows: rowsOf(guards, ({ kind }) => kind === 'block', frame).map(({ row, since }) => {
          const company = guards.companies.get(row.companyId ?? 0);
          const name = company && (language === 'ja' ? company.name : company.nameEn);
          return {
            cells: [
              company ? { text: name!, href: companyHref(company.code), note: company.code } : '',
              whomText(row, loaded, frame),
              t(row.inForce ? 'support.guards.what.block' : 'support.guards.what.lift'),
              since,
            ],
          };
        }),
      },
      confirm: {
        title: t('support.guards.block-question'),
        texts: [t('support.guards.block-effect'), t('support.guards.effect')],
        fields: [
          { name: 'company', label: t('support.guards.company'), hint: t('support.guards.company-hint') },
          whomField(loaded, frame),
          {
            name: 'what',
            label: t('support.guards.what'),
            options: (['block', 'lift'] as const).map((value) => ({
              value,
              label: t(`support.guards.what.${value}`),
            })),
          },
          ...(reasonInputs(frame) ?? []),
        ],
        formName: 'support.block-form',
        action: `${lineHref(loaded.line.lineId)}/blocks`,
        label: t('support.guards.go'),
        back: lineHref(loaded.line.lineId),
      },
    },
    frame,
  );
}

const tableFrame = ({ t }: ViewFrame) => ({
  caption: t('support.guards.set'),
  isCaptionUnseen: true,
  isDense: true,
  empty: { title: t('support.guards.nothing'), text: t('support.guards.nothing-text') },
});

function rowsOf(
  { inForce, scheduled }: LoadedGuards['guards'],
  isShown: (row: SafeguardRow) => boolean,
  { t, format }: ViewFrame,
) {
  return [
    ...inForce.map((row) => ({
      row,
      since: t('support.guards.since-date', { date: format.date(row.validFrom) }),
    })),
    ...scheduled.map((row) => ({
      row,
      since: t('support.guards.from-date', { date: format.date(row.validFrom) }),
    })),
  ].filter(({ row }) => isShown(row));
}

function whomText({ subscriberId }: SafeguardRow, { guards }: LoadedGuards, { t }: ViewFrame): string {
  if (subscriberId === null) return t('support.guards.everybody');
  const id = guards.ids.find((one) => one.id === subscriberId);
  return id ? formatIssuedId(id.issuedId) : t('support.guards.ended-id');
}

function whomField({ guards }: LoadedGuards, { t }: ViewFrame) {
  return {
    name: 'whom',
    label: t('support.guards.whom'),
    options: [
      { value: '0', label: t('support.guards.everybody') },
      ...guards.ids.map(({ id, issuedId, isHolder }) => ({
        value: String(id),
        label: isHolder
          ? `${formatIssuedId(issuedId)} · ${t('support.line.is-holder')}`
          : formatIssuedId(issuedId),
      })),
    ],
  };
}
