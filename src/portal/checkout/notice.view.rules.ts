import { LimitExceeded } from '../../limits/limit-exceeded.ts';
import { PurchaseNotPermitted } from '../../safeguards/permitted-purchase.rules.ts';
import type { Problem } from '../../shared/problem.ts';
import type { ViewFrame } from '../kit/define-page.ts';
import { describeTries } from '../messages/describe-tries.ts';
import { isMessageKey, type MessageKey } from '../messages/translate.ts';
import type { CheckoutData } from './load-checkout.ts';
import type { Notice } from './step-view.types.ts';

/** What the page says of its form that was refused; undefined when a field says it. */
export function noticeOfForm(
  { contact }: CheckoutData,
  { form, t, language }: ViewFrame,
): Notice | undefined {
  if (!form) return undefined;
  const { problem } = form;
  if (!problem) {
    const text = form.errors.map(({ label, message }) => `${label}: ${message}`).join(' ');
    return { tone: 'bad', title: t('sign-in.check-fields'), text };
  }
  const { code, facts } = problem;
  if (code === 'sign-in-refused') {
    const tries = describeTries(facts['tries_left'], t);
    return {
      tone: 'bad',
      title: t('error.sign-in-refused.title'),
      text: t('error.sign-in-refused.text') + tries,
    };
  }
  if (code === 'sign-in-locked') {
    const minutes = Math.ceil(Number(facts['retry_after_seconds']) / 60);
    return worded('error.sign-in-locked', t, { minutes });
  }
  if (code === 'passkey-refused') return worded('error.passkey-refused', t);
  if (code === 'order-changed') return worded('order-changed', t);
  return wordRefusal(code, t, contact[language]);
}

/** Why a purchase is not possible, and where the buyer can do something about it. */
export function noticeOfProblem(
  problem: Problem,
  { t, format, language }: Pick<ViewFrame, 't' | 'format' | 'language'>,
  contacts: CheckoutData['contact'],
): Notice {
  const { code } = problem;
  if (code === 'already-subscribed') {
    const link = { href: '/my/subscriptions', label: t('refused.already-subscribed.link') };
    return { ...worded('refused.already-subscribed', t), tone: 'good', link };
  }
  if (problem instanceof LimitExceeded) {
    const { limitMinor, remainingMinor, closesOn } = problem.room;
    const facts = {
      limit: format.money(limitMinor),
      remaining: format.money(remainingMinor),
      date: format.date(closesOn),
    };
    return { ...worded('refused.limit-exceeded', t, facts), link: limitsLink(t) };
  }
  if (problem instanceof PurchaseNotPermitted)
    return { ...describeForbidden(problem, t, format), link: limitsLink(t) };
  return wordRefusal(code, t, contacts[language]);
}

function describeForbidden(
  { refusal }: PurchaseNotPermitted,
  t: ViewFrame['t'],
  format: ViewFrame['format'],
): Notice {
  const facts = refusal.reason === 'charge-limit' ? { limit: format.money(refusal.limitMinor) } : {};
  return worded(`refused.${refusal.reason}`, t, facts);
}

const limitsLink = (t: ViewFrame['t']) => ({ href: '/my/limits', label: t('refused.limits-link') });

function worded(
  key: string,
  t: ViewFrame['t'],
  facts: Readonly<Record<string, string | number>> = {},
): Notice {
  const title = t(`${key}.title` as MessageKey, facts);
  return { tone: 'bad', title, text: t(`${key}.text` as MessageKey, facts) };
}

/** A refusal without facts of its own. Some that the texts do not know, as those with facts, have a general text. */
function wordRefusal(code: string, t: ViewFrame['t'], contact: string): Notice {
  const isKnown = isMessageKey(`refused.${code}.title`) && code !== 'limit-exceeded';
  return worded(isKnown ? `refused.${code}` : 'refused.other', t, { contact });
}
