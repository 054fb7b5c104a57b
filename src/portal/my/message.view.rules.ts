import type { Config } from '../../../config/config.ts';
import type { listEnquiries } from '../../enquiries/enquiry.queries.ts';
import { enquiryTopics } from '../../enquiries/enquiry.rules.ts';
import type { EnquirySubject } from '../../enquiries/get-enquiry-subject.ts';
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
import { subjectFacts } from './enquiry.view.rules.ts';
import { enquiryRow } from './enquiries.view.rules.ts';
import type { CrumbView, FactView, RowView } from './my-parts.rules.ts';

interface Loaded extends EnquirySubject {
  readonly before: Awaited<ReturnType<typeof listEnquiries>>;
  readonly contact: Pick<Config['carrier'], 'contact' | 'contactEn'>;
  readonly isHolder: boolean;
}

export interface MessagePageView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly lead: string;
  /** Why nothing can be sent. */
  readonly banner: BannerView | undefined;
  readonly send:
    | {
        readonly action: string;
        readonly topic: {
          readonly name: 'topic';
          readonly label: string;
          readonly options: readonly ChoiceView[];
        };
        readonly text: TextView;
      }
    | undefined;
  readonly how: readonly string[];
  readonly facts: readonly FactView[];
  readonly before: readonly RowView[];
}

interface ChoiceView {
  readonly value: string;
  readonly label: string;
}

export function messageView(loaded: Loaded, frame: ViewFrame): MessagePageView {
  const { purchase, seller, isReachable, before, isHolder } = loaded;
  const { t } = frame;
  const canSend = isReachable && frame.can('enquiries:write');
  return {
    title: t('my.message.title'),
    crumbs: [{ href: subjectHref(purchase), label: purchase.description }],
    lead: t('my.message.lead', { item: purchase.description, seller: sellerName(seller, frame) }),
    banner: bannerOf(loaded, frame),
    send: canSend
      ? {
          action: contactHref(purchase, 'message'),
          topic: {
            name: 'topic',
            label: t('my.topic'),
            options: enquiryTopics.map((value) => ({ value, label: t(`my.topic.${value}`) })),
          },
          text: textView(t('my.message.text'), t('my.message.hint')),
        }
      : undefined,
    how: [t('my.message.how-relayed'), t('my.message.how-answer'), t('my.message.how-private')],
    facts: subjectFacts(purchase, seller, frame),
    before: before.map((enquiry) => enquiryRow(enquiry, frame, isHolder)),
  };
}

/** A company without an address is called; who is elsewhere connects through the line first. */
function bannerOf({ isReachable, seller, contact }: Loaded, frame: ViewFrame): BannerView | undefined {
  const { t, language } = frame;
  if (isReachable) return frame.can('enquiries:write') ? undefined : elsewhereBanner(frame);
  const { telephone } = seller;
  const call =
    telephone === null
      ? t('my.message.call-support', { contact: language === 'ja' ? contact.contact : contact.contactEn })
      : t('my.message.call', { telephone });
  const text = `${t('my.message.unreachable')} ${call}`;
  return { tone: 'warn', title: t('my.message.unreachable.title'), text };
}
