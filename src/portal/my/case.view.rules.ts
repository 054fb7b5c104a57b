import type { Config } from '../../../config/config.ts';
import type { getCase } from '../../cases/case.queries.ts';
import { subscriberOutcomes, type CaseState } from '../../cases/case.rules.ts';
import type { PurchaseExplanation } from '../../cases/explain-purchase.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import {
  contactHref,
  elsewhereBanner,
  sellerName,
  subjectHref,
  textView,
  type BannerView,
  type TextView,
} from './contact-parts.rules.ts';
import type { BadgeView, CrumbView, FactView } from './my-parts.rules.ts';
import { purchaseFacts } from './report.view.rules.ts';

type Found = Awaited<ReturnType<typeof getCase>>;

interface Loaded {
  readonly found: Found;
  /** Undefined for a case about no purchase. */
  readonly explained: PurchaseExplanation | undefined;
  readonly carrier: Pick<Config['carrier'], 'contact' | 'contactEn'>;
}

export interface CaseView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly lead: string | undefined;
  readonly number: string;
  readonly numberNote: string;
  readonly badge: BadgeView;
  readonly next: string;
  readonly outcome: string | undefined;
  readonly history: readonly EntryView[];
  readonly facts: readonly FactView[];
  readonly links: readonly { readonly href: string; readonly label: string }[];
  readonly banner: BannerView | undefined;
  readonly note: { readonly action: string; readonly text: TextView } | undefined;
  readonly close:
    | {
        readonly action: string;
        readonly reason: {
          readonly name: 'outcome';
          readonly label: string;
          readonly options: readonly { readonly value: string; readonly label: string }[];
        };
      }
    | undefined;
}

/** What happened, by whom and when, with the words that were written. */
interface EntryView {
  readonly at: string;
  readonly when: string;
  readonly who: string;
  readonly text: string;
  readonly isOwn: boolean;
}

const tones: Readonly<Record<CaseState, BadgeView['tone']>> = {
  open: 'plain',
  'in-progress': 'good',
  'waiting-subscriber': 'warn',
  'waiting-company': 'good',
  closed: 'plain',
};

/** The state of a case in words. */
export function caseBadge(state: CaseState, { t }: Pick<ViewFrame, 't'>): BadgeView {
  return { tone: tones[state], text: t(`my.case.state.${state}`) };
}

export function caseView({ found, explained, carrier }: Loaded, frame: ViewFrame): CaseView {
  const { t, language } = frame;
  const { number, state, outcome } = found;
  const isOpen = state !== 'closed';
  const canWrite = frame.can('cases:write');
  const contact = language === 'ja' ? carrier.contact : carrier.contactEn;
  return {
    title: titleOf(found, frame),
    crumbs: [{ href: '/my/enquiries', label: t('my.enquiries.title') }],
    lead:
      explained &&
      t('my.case.lead', {
        item: explained.purchase.description,
        seller: sellerName(explained.seller, frame),
      }),
    number,
    numberNote: t('my.case.number-note', { contact }),
    badge: caseBadge(state, frame),
    next: nextText(found, frame),
    outcome: outcome === null ? undefined : t(`my.case.outcome.${outcome}`),
    history: found.history.map((event) => entryOf(event, frame)),
    facts: explained ? purchaseFacts(explained, frame) : [],
    links: explained ? linksOf(explained, isOpen, frame) : [],
    banner: isOpen && !canWrite ? elsewhereBanner(frame) : undefined,
    note: isOpen && canWrite ? noteOf(number, frame) : undefined,
    close: isOpen && canWrite ? closeOf(number, frame) : undefined,
  };
}

function titleOf({ kind }: Pick<Found, 'kind'>, { t }: ViewFrame): string {
  return t(kind === 'unrecognised-purchase' ? 'my.case.title' : 'my.case.title-other');
}

function linksOf({ purchase }: PurchaseExplanation, isOpen: boolean, { t }: ViewFrame): CaseView['links'] {
  return [
    { href: subjectHref(purchase), label: t('my.enquiry.details') },
    { href: contactHref(purchase, 'message'), label: t('my.report.ask-company') },
    ...(isOpen ? [] : [{ href: contactHref(purchase, 'report'), label: t('my.case.again') }]),
  ];
}

function nextText({ kind, state, closedAt }: Found, { t, format }: ViewFrame): string {
  const isReport = kind === 'unrecognised-purchase';
  if (!isReport && (state === 'open' || state === 'in-progress')) return t(`my.case.next.${state}-other`);
  if (state !== 'closed') return t(`my.case.next.${state}`);
  return t('my.case.next.closed', { at: closedAt === null ? '' : format.dateTime(closedAt) });
}

function entryOf({ at, by, kind, text }: Found['history'][number], { t, format }: ViewFrame): EntryView {
  return {
    at: at.toISOString(),
    when: format.dateTime(at),
    who: t('my.case.entry', { who: t(`my.case.by.${by}`), what: t(`my.case.event.${kind}`) }),
    text: text ?? '',
    isOwn: by === 'subscriber',
  };
}

function noteOf(number: string, { t }: ViewFrame): NonNullable<CaseView['note']> {
  return { action: `/my/cases/${number}/note`, text: textView(t('my.case.note'), t('my.case.note-hint')) };
}

function closeOf(number: string, { t }: ViewFrame): NonNullable<CaseView['close']> {
  const options = subscriberOutcomes.map((value) => ({ value, label: t(`my.case.reason.${value}`) }));
  const reason = { name: 'outcome' as const, label: t('my.case.close-reason'), options };
  return { action: `/my/cases/${number}/close`, reason };
}
