import type { ApprovalRow } from '../../../access/approvals/approval.queries.ts';
import type { TariffUse } from '../../../tariffs/tariff-use.queries.ts';
import { describeTariff } from '../../../tariffs/tariff-wording.rules.ts';
import type { HeadView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import type { FieldMessage } from '../../kit/form-state.ts';
import { companyHref, nameIn, tariffHref } from './company-words.rules.ts';
import { choice, field } from './form-words.rules.ts';
import { examples, feeCurve } from './fee-curve.rules.ts';
import { pendingSections } from './pending.view.rules.ts';
import type { BannerView, FormFieldView, SectionView, SubjectView } from './subject.types.ts';
import { readDraft, tariffFields, textsOf, type TariffTexts } from './tariff-draft.rules.ts';
import type { Tariff } from './loaded.types.ts';

const HERE = '/billing/tariffs';

interface Loaded {
  readonly tariffs: readonly Tariff[];
  readonly uses: readonly TariffUse[];
  readonly pending: readonly ApprovalRow[];
  readonly today: string;
}

const crumbs = ({ t }: ViewFrame) => [{ href: HERE, label: t('billing.companies.tariff.title') }];
const isNow = ({ validFrom, validTo }: TariffUse, today: string) =>
  validFrom <= today && (validTo === null || validTo > today);
const versionOn = (tariffs: readonly Tariff[], code: string, day: string) =>
  tariffs.findLast((tariff) => tariff.code === code && tariff.validFrom <= day);

/** The tariffs with the version of today and how many contracts are on each. */
export function tariffsView(
  { tariffs, uses, today }: Omit<Loaded, 'pending'>,
  frame: ViewFrame,
): SubjectView {
  const { t, can, format, language } = frame;
  const codes = [...new Set(tariffs.map(({ code }) => code))];
  return {
    title: t('billing.companies.tariff.title'),
    actions: [
      ...(can('settlements:read')
        ? [{ href: `${HERE}/simulate`, label: t('billing.companies.tariff.simulate') }]
        : []),
      ...(can('tariffs:propose')
        ? [{ href: `${HERE}/draft`, label: t('billing.companies.tariff.new'), isPrimary: true }]
        : []),
    ],
    banners: [],
    sections: [
      {
        id: 'tariffs',
        title: t('billing.companies.tariff.title'),
        table: {
          caption: t('billing.companies.tariff.title'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('billing.companies.field.name') },
            { label: t('billing.companies.field.code') },
            { label: t('billing.companies.field.validFrom') },
            { label: t('billing.companies.field.fee'), isLong: true },
            { label: t('billing.companies.tariff.contracts-now'), isNumber: true },
          ],
          rows: codes.map((code) => {
            const tariff = versionOn(tariffs, code, today) ?? tariffs.find((one) => one.code === code)!;
            const used = uses.filter((use) => use.tariffCode === code && isNow(use, today));
            return {
              cells: [
                { text: nameIn(tariff, frame), href: tariffHref(code) },
                code,
                format.date(tariff.validFrom),
                describeTariff(tariff.definition, language),
                format.count(used.length),
              ],
            };
          }),
        },
      },
    ],
  };
}

/** One tariff: its curve, its versions, and the contracts that name it. */
export function tariffView(loaded: Loaded & { readonly code: string }, frame: ViewFrame): SubjectView {
  const { code, tariffs, uses, pending, today } = loaded;
  const { t, can, format, language } = frame;
  const current = versionOn(tariffs, code, today) ?? tariffs[0]!;
  return {
    title: nameIn(current, frame),
    lead: describeTariff(current.definition, language),
    crumbs: crumbs(frame),
    actions: [
      ...(can('settlements:read')
        ? [
            {
              href: `${HERE}/simulate?tariff=${code}~${current.validFrom}`,
              label: t('billing.companies.tariff.simulate'),
            },
          ]
        : []),
      ...(can('tariffs:propose')
        ? [{ href: `${HERE}/draft?code=${code}`, label: t('billing.companies.tariff.next'), isPrimary: true }]
        : []),
    ],
    banners: [],
    sections: [
      ...pendingSections(pending, frame),
      {
        id: 'curve',
        title: t('billing.companies.tariff.shape'),
        texts: [t('billing.companies.tariff.shape-text')],
        chart: feeCurve({ now: current.definition }, frame),
      },
      versionsOf(tariffs, current, frame),
      {
        id: 'contracts',
        title: t('billing.companies.tariff.contracts'),
        table: {
          caption: t('billing.companies.tariff.contracts'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('billing.companies.company'), isLong: true },
            { label: t('billing.companies.field.validFrom') },
            { label: t('billing.companies.field.validTo') },
          ],
          rows: uses.map((use) => ({
            cells: [
              {
                text: language === 'ja' ? use.company : use.companyEn,
                href: companyHref(use.companyCode, `contracts/${use.validFrom}`),
              },
              format.date(use.validFrom),
              use.validTo ? format.date(use.validTo) : t('billing.companies.open-ended'),
            ],
          })),
          empty: { title: t('billing.companies.tariff.no-contracts'), text: '' },
        },
      },
    ],
  };
}

function versionsOf(tariffs: readonly Tariff[], current: Tariff, frame: ViewFrame): SectionView {
  const { t, format, language } = frame;
  return {
    id: 'versions',
    title: t('billing.companies.tariff.versions'),
    table: {
      caption: t('billing.companies.tariff.versions'),
      isCaptionUnseen: true,
      isDense: true,
      columns: [
        { label: t('billing.companies.field.validFrom') },
        { label: t('billing.companies.field.name') },
        { label: t('billing.companies.field.fee'), isLong: true },
        { label: t('billing.companies.decided') },
      ],
      rows: tariffs.toReversed().map((tariff) => ({
        isCurrent: tariff === current,
        cells: [
          format.date(tariff.validFrom),
          nameIn(tariff, frame),
          describeTariff(tariff.definition, language),
          tariff.approvalId ? t('billing.companies.tariff.by-two') : t('billing.companies.tariff.by-one'),
        ],
      })),
    },
  };
}

export interface DraftView extends PageView, HeadView {
  readonly banners: readonly BannerView[];
  readonly groups: readonly { readonly title: string; readonly fields: readonly FormFieldView[] }[];
  readonly errors: readonly FieldMessage[];
  readonly sections: readonly SectionView[];
  /** The fields again, for the form that proposes them; none while something is wrong. */
  readonly texts: Readonly<Record<string, string>> | undefined;
  readonly reason: FormFieldView;
  readonly label: string;
  readonly simulateHref: string;
}

/** A draft of a tariff, all of it in the address: looked at as often as one likes, and proposed once. */
export function draftView(loaded: Loaded & { readonly query: TariffTexts }, frame: ViewFrame): DraftView {
  const { tariffs, uses, pending, today } = loaded;
  const { t, form } = frame;
  const asked: TariffTexts = form ? form.values : loaded.query;
  const latest = tariffs.findLast((tariff) => tariff.code === asked.code);
  const isBlank = asked.percent === undefined;
  const texts: TariffTexts =
    isBlank && latest
      ? { ...textsOf(latest), code: latest.code, name: latest.name, nameEn: latest.nameEn }
      : asked;
  const read = isBlank ? undefined : readDraft(texts);
  const draft = read && 'draft' in read ? read.draft : undefined;
  const before = latest && (versionOn(tariffs, latest.code, today) ?? latest);
  const isNamed = uses.some((use) => use.tariffCode === asked.code);
  const waiting = pending.filter((one) => one.subject === `tariff:${asked.code}`);
  return {
    title: latest ? t('billing.companies.tariff.next') : t('billing.companies.tariff.new'),
    lead: t('billing.companies.tariff.draft-lead'),
    crumbs: crumbs(frame),
    banners: [
      ...pendingSections(waiting, frame).map(({ title, texts: said = [] }) => ({
        tone: 'warn' as const,
        title,
        text: said.join(' '),
      })),
      { tone: 'info', text: t(`billing.companies.tariff.${isNamed ? 'takes-two' : 'takes-one'}`) },
      ...(read && 'faults' in read
        ? read.faults.map(({ code, ...facts }) => ({
            tone: 'bad' as const,
            text: t(`billing.companies.tariff.fault.${code}`, facts),
          }))
        : []),
    ],
    groups: fieldsOf(texts, frame),
    errors:
      read && 'fields' in read
        ? Object.entries(read.fields).map(([name, { key, facts }]) => ({
            field: name,
            label: t(tariffFields[name as keyof typeof tariffFields].label),
            message: t(key, facts),
          }))
        : [],
    sections: draft
      ? [
          {
            id: 'preview',
            title: t('billing.companies.tariff.shape'),
            texts: [
              describeTariff(draft.definition, frame.language),
              t('billing.companies.tariff.shape-text'),
            ],
            chart: feeCurve({ now: draft.definition, before: before?.definition }, frame),
            table: examples({ now: draft.definition, before: before?.definition }, frame),
          },
        ]
      : [],
    texts:
      draft &&
      Object.fromEntries(Object.keys(tariffFields).map((name) => [name, texts[name as 'code'] ?? ''])),
    reason: field('reason', t, { hint: t('billing.companies.reason-hint'), isOptional: !isNamed }),
    label: t(isNamed ? 'billing.companies.propose-yes' : 'billing.companies.tariff.add'),
    simulateHref: draft
      ? `${HERE}/simulate?${new URLSearchParams({ definition: JSON.stringify(draft.definition) }).toString()}`
      : '',
  };
}

function fieldsOf(texts: TariffTexts, { t }: ViewFrame): DraftView['groups'] {
  const value = (name: keyof TariffTexts) => ({ value: texts[name] ?? '' });
  const number = (name: keyof TariffTexts, usual = '') => ({
    value: texts[name] ?? usual,
    isShort: true,
    inputmode: 'decimal',
  });
  const yen = { suffix: t('billing.companies.yen') };
  const item = (
    name: 'itemFlat' | 'itemStep' | 'itemAbove',
    label: string,
    suffix: string,
  ): FormFieldView => ({
    name,
    label,
    ...number(name),
    suffix,
    isOptional: true,
  });
  return [
    {
      title: t('billing.companies.group.names'),
      fields: [
        field('code', t, { ...value('code'), hint: t('billing.companies.code-hint') }),
        field('validFrom', t, { ...value('validFrom'), type: 'date' }),
        field('name', t, value('name')),
        field('nameEn', t, value('nameEn')),
      ],
    },
    {
      title: t('billing.companies.field.fee'),
      fields: [
        field('monthlyBaseMinor', t, { ...number('monthlyBaseMinor', '0'), ...yen }),
        { ...field('percentBps', t, { ...number('percent', '0'), suffix: '%' }), name: 'percent' },
        field('perLineMinimumMinor', t, { ...number('perLineMinimumMinor', '0'), ...yen }),
        field('bands', t, {
          ...value('bands'),
          rows: 4,
          isOptional: true,
          hint: t('billing.companies.tariff.bands-hint'),
        }),
        {
          ...field('partnerCommissionBps', t, { ...number('commission'), suffix: '%', isOptional: true }),
          name: 'commission',
        },
      ],
    },
    {
      title: t('billing.companies.field.perItem'),
      fields: [
        item('itemFlat', t('billing.companies.tariff.item-flat'), t('billing.companies.yen')),
        item('itemStep', t('billing.companies.tariff.item-step'), t('billing.companies.tariff.items')),
        item('itemAbove', t('billing.companies.tariff.item-above'), t('billing.companies.yen')),
      ],
    },
  ];
}

/** Used by the simulator: each version by name. */
export const versionChoice = (
  tariffs: readonly Tariff[],
  value: string,
  frame: ViewFrame,
): FormFieldView => ({
  ...choice('tariffCode', [], { t: frame.t, value }),
  name: 'tariff',
  options: tariffs.map((tariff) => ({
    value: `${tariff.code}~${tariff.validFrom}`,
    label: `${nameIn(tariff, frame)} (${tariff.validFrom})`,
  })),
});
