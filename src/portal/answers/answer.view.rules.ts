import type { getEnquiryToAnswer } from '../../enquiries/get-enquiry-to-answer.ts';
import { MAX_MESSAGE } from '../../shared/message-text.rules.ts';
import { publicId } from '../../shared/public-id.rules.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';

/** A message of a conversation (`kit/thread`). */
export interface MessageView {
  readonly who: string;
  readonly at: string;
  readonly when: string;
  readonly text: string;
  readonly isOwn: boolean;
}

export interface AnswerView extends PageView {
  readonly lead: string;
  readonly banner:
    | { readonly tone: 'good' | 'info'; readonly title: string; readonly text: string }
    | undefined;
  readonly thread: readonly MessageView[];
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  /** The form; none once the link has brought as many answers as it may. */
  readonly answer: AnswerFormView | undefined;
}

interface AnswerFormView {
  readonly action: string;
  readonly submit: string;
  readonly note: string;
  readonly field: {
    readonly name: 'text';
    readonly label: string;
    readonly hint: string;
    readonly rows: number;
    readonly maxlength: number;
  };
}

type EnquiryToAnswer = Awaited<ReturnType<typeof getEnquiryToAnswer>>;

interface Loaded {
  readonly enquiry: EnquiryToAnswer;
  readonly token: string;
  /** The browser comes from the form. */
  readonly isSent: boolean;
}

export function answerView({ enquiry, token, isSent }: Loaded, frame: ViewFrame): AnswerView {
  const { t, format } = frame;
  return {
    title: t(isOfSupport(enquiry) ? 'answers.support.title' : 'answers.title'),
    lead: t(isOfSupport(enquiry) ? 'answers.support.lead' : 'answers.lead', {
      until: format.dateTime(enquiry.expiresAt),
    }),
    banner: bannerOf(enquiry, isSent, frame),
    thread: enquiry.messages.map(({ author, text, sentAt }) => ({
      who: t(`answers.author.${author}`),
      at: sentAt.toISOString(),
      when: format.dateTime(sentAt),
      text,
      isOwn: author === 'company',
    })),
    facts: purchaseFacts(enquiry, frame),
    answer: enquiry.answersLeft > 0 ? formOf(enquiry, token, frame) : undefined,
  };
}

/** That an answer was sent is said only when this link has brought one: the address alone proves nothing. */
function bannerOf(enquiry: EnquiryToAnswer, isSent: boolean, { t }: ViewFrame): AnswerView['banner'] {
  const { answersGiven, answersLeft } = enquiry;
  const to = isOfSupport(enquiry) ? 'answers.support' : 'answers';
  if (isSent && answersGiven > 0) {
    const text = t(answersLeft > 0 ? `${to}.sent.text` : `${to}.sent.last`);
    return { tone: 'good', title: t('answers.sent.title'), text };
  }
  if (answersLeft > 0) return undefined;
  return { tone: 'info', title: t('answers.full.title'), text: t(`${to}.full.text`) };
}

/** The support centre asks, and not the customer: the answer goes there. */
const isOfSupport = ({ caseNumber }: EnquiryToAnswer): boolean => caseNumber !== null;

function purchaseFacts(
  { purchase, topic, company, companyEn, service, serviceEn }: EnquiryToAnswer,
  frame: ViewFrame,
) {
  const { t, format, language } = frame;
  const isJa = language === 'ja';
  const { kind, id, description, amountMinor, boughtAt } = purchase;
  return [
    { label: t('answers.topic'), text: t(`answers.topic.${topic}`) },
    { label: t('answers.item'), text: description },
    ...(amountMinor === null ? [] : [{ label: t('answers.amount'), text: format.money(amountMinor) }]),
    { label: t('answers.bought-at'), text: format.dateTime(boughtAt) },
    { label: t('answers.service'), text: isJa ? service : serviceEn },
    { label: t('answers.company'), text: isJa ? company : companyEn },
    { label: t('answers.number'), text: publicId(kind, id) },
  ];
}

function formOf(enquiry: EnquiryToAnswer, token: string, { t }: ViewFrame): AnswerFormView {
  const { answersGiven, answersLeft } = enquiry;
  return {
    action: `/answers/${token}`,
    submit: t('answers.submit'),
    note: t('answers.left', { count: answersLeft }),
    field: {
      name: 'text',
      label: t(answersGiven > 0 ? 'answers.again' : 'answers.text'),
      hint: t(isOfSupport(enquiry) ? 'answers.support.hint' : 'answers.hint'),
      rows: 8,
      maxlength: MAX_MESSAGE,
    },
  };
}
