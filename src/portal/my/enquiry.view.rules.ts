import type { getEnquiry } from '../../enquiries/enquiry.queries.ts';
import type { EnquirySubject } from '../../enquiries/get-enquiry-subject.ts';
import { publicId } from '../../shared/public-id.rules.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import {
  elsewhereBanner,
  sellerName,
  subjectHref,
  textView,
  type BannerView,
  type TextView,
} from './contact-parts.rules.ts';
import type { CrumbView, FactView } from './my-parts.rules.ts';

interface Loaded extends EnquirySubject {
  readonly enquiry: Awaited<ReturnType<typeof getEnquiry>>;
  readonly isHolder: boolean;
}

/** A message of a conversation (`kit/thread`). */
interface MessageView {
  readonly who: string;
  readonly at: string;
  readonly when: string;
  readonly text: string;
  readonly isOwn: boolean;
}

export interface EnquiryView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly lead: string;
  readonly thread: readonly MessageView[];
  /** The last message is the person's own. */
  readonly waiting: string | undefined;
  readonly facts: readonly FactView[];
  readonly banner: BannerView | undefined;
  readonly send: { readonly action: string; readonly text: TextView } | undefined;
}

export function enquiryView(
  { enquiry, purchase, seller, isReachable, isHolder }: Loaded,
  frame: ViewFrame,
): EnquiryView {
  const { t, format, language } = frame;
  const company = language === 'ja' ? enquiry.company : enquiry.companyEn;
  const canSend = frame.can('enquiries:write');
  return {
    title: t('my.enquiry.title', { company }),
    crumbs: [{ href: '/my/enquiries', label: t('my.enquiries.title') }],
    lead: t('my.enquiry.lead', { date: format.dateTime(enquiry.createdAt) }),
    thread: enquiry.messages.map(({ author, text, sentAt, writer }) => ({
      who: author === 'company' ? company : isHolder && writer !== null ? writer : t('my.enquiry.you'),
      at: sentAt.toISOString(),
      when: format.dateTime(sentAt),
      text,
      isOwn: author === 'subscriber',
    })),
    waiting: enquiry.messages.at(-1)?.author === 'subscriber' ? t('my.enquiry.waiting') : undefined,
    facts: [
      { label: t('my.topic'), text: t(`my.topic.${enquiry.topic}`) },
      ...subjectFacts(purchase, seller, frame),
    ],
    banner: canSend ? undefined : elsewhereBanner(frame),
    send:
      canSend && isReachable
        ? {
            action: `/my/enquiries/${publicId('enquiry', enquiry.id)}`,
            text: textView(t('my.enquiry.again'), t('my.enquiry.again-hint')),
          }
        : undefined,
  };
}

/** The purchase that a message is about. */
export function subjectFacts(
  purchase: EnquirySubject['purchase'],
  seller: EnquirySubject['seller'],
  frame: ViewFrame,
): FactView[] {
  const { t, format } = frame;
  const { description, amountMinor, boughtAt, kind, id } = purchase;
  const { telephone } = seller;
  return [
    { label: t('my.enquiry.item'), text: description, href: subjectHref(purchase) },
    ...(amountMinor === null ? [] : [{ label: t('my.enquiry.price'), text: format.money(amountMinor) }]),
    { label: t('my.enquiry.bought-at'), text: format.dateTime(boughtAt) },
    { label: t('my.report.seller'), text: sellerName(seller, frame) },
    ...(telephone === null
      ? []
      : [{ label: t('my.seller.telephone'), text: telephone, href: `tel:${telephone}` }]),
    { label: t('my.enquiry.purchase-number'), text: publicId(kind, id) },
  ];
}
