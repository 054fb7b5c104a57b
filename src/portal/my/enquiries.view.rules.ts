import type { listCases } from '../../cases/case.queries.ts';
import type { listEnquiries } from '../../enquiries/enquiry.queries.ts';
import { publicId } from '../../shared/public-id.rules.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import { caseBadge } from './case.view.rules.ts';
import { sellerText, type EmptyView, type RowView } from './my-parts.rules.ts';

type ListedEnquiry = Awaited<ReturnType<typeof listEnquiries>>[number];
type ListedCase = Awaited<ReturnType<typeof listCases>>[number];

interface Loaded {
  readonly enquiries: readonly ListedEnquiry[];
  readonly hasMore: boolean;
  readonly isFirst: boolean;
  readonly cases: readonly ListedCase[];
  readonly isHolder: boolean;
}

export interface EnquiriesView extends PageView {
  readonly lead: string;
  readonly enquiries: readonly RowView[];
  readonly cases: readonly RowView[];
  readonly empty: EmptyView | undefined;
  readonly pager: { readonly first?: string; readonly next?: string };
}

export function enquiriesView(loaded: Loaded, frame: ViewFrame): EnquiriesView {
  const { t } = frame;
  const { enquiries, hasMore, isFirst, cases, isHolder } = loaded;
  const last = enquiries.at(-1);
  const isEmpty = enquiries.length === 0 && cases.length === 0;
  return {
    title: t('my.enquiries.title'),
    lead: t('my.enquiries.lead'),
    enquiries: enquiries.map((enquiry) => enquiryRow(enquiry, frame, isHolder)),
    cases: cases.map((listed) => caseRow(listed, frame)),
    empty: isEmpty
      ? {
          title: t('my.enquiries.empty'),
          text: t('my.enquiries.empty-text'),
          href: '/my/purchases',
          label: t('my.enquiries.to-purchases'),
        }
      : undefined,
    pager: {
      ...(isFirst ? {} : { first: '/my/enquiries' }),
      ...(hasMore && last ? { next: `/my/enquiries?after=${publicId('enquiry', last.id)}` } : {}),
    },
  };
}

/** A conversation as a row: with whom, what was last said and by whom. */
export function enquiryRow(enquiry: ListedEnquiry, frame: ViewFrame, isHolder: boolean): RowView {
  const { t, format } = frame;
  const { id, topic, last, writer, createdAt } = enquiry;
  const isAnswered = last?.author === 'company';
  const when = format.dateTime(last?.sentAt ?? createdAt);
  return {
    href: `/my/enquiries/${publicId('enquiry', id)}`,
    title: sellerText(enquiry, frame),
    notes: [
      [t(`my.topic.${topic}`), ...(isHolder ? [t('my.enquiries.by', { name: writer })] : [])].join(
        t('my.dot'),
      ),
      firstLine(last?.text ?? ''),
      when,
    ],
    badge: {
      tone: isAnswered ? 'good' : 'plain',
      text: t(isAnswered ? 'my.enquiries.answered' : 'my.enquiries.waiting'),
    },
  };
}

function caseRow({ number, state, openedAt, ...sold }: ListedCase, frame: ViewFrame): RowView {
  const service = frame.language === 'ja' ? sold.service : sold.serviceEn;
  return {
    href: `/my/cases/${number}`,
    title: service ?? frame.t('my.case.title-other'),
    notes: [number, frame.format.dateTime(openedAt)],
    badge: caseBadge(state, frame),
  };
}

const SHOWN = 60;

function firstLine(text: string): string {
  const [line = ''] = text.split('\n');
  const shown = Array.from(line).slice(0, SHOWN).join('');
  return shown.length < line.length ? `${shown}…` : shown;
}
