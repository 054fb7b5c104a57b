import type { Context } from 'koa';
import type { Deps } from '../../deps.ts';
import { formatIssuedId } from '../../identity/issued-id.rules.ts';
import type { SignedInSubscriber } from '../../identity/subscriber.queries.ts';
import type { Problem } from '../../shared/problem.ts';
import { formTokenOf } from '../kit/form-token.ts';
import { isMessageKey, type MessageKey } from '../messages/translate.ts';
import { frameOf, renderPage } from '../kit/page.ts';
import { setProblemHeaders } from '../kit/problem-page.ts';
import type { NotProven } from './line-proof.ts';
import type { OpenedCheckout } from './checkout.queries.ts';
import { returnAddress, type EffectiveCheckoutState } from './effective-checkout-state.rules.ts';
import { describeOrder, describeRefusal, priceOf } from './order-view.rules.ts';
import { findHistory, orderTerms, sealOf, type History } from './shown-order.ts';

type Step = 'sign-in' | 'waiting' | 'confirm' | 'line-refused' | 'line-unproven' | 'refused' | 'closed';

interface Notice {
  readonly title: string;
  readonly text: string;
}

/** Renders the sign-in step, with the reason if the last attempt was refused. The typed ID is kept, the password is not. */
export function showSignIn(
  deps: Deps,
  ctx: Context,
  opened: OpenedCheckout,
  failed?: { readonly problem: Problem; readonly issuedId: string },
): void {
  const { problem, issuedId = '' } = failed ?? {};
  if (problem) setProblemHeaders(ctx, problem);
  const isWrong = problem?.code === 'sign-in-refused' || problem?.code === 'issued-id-mistyped';
  const notice = problem && signInNotice(ctx, problem);
  showStep(deps, ctx, { opened, step: 'sign-in', view: { issuedId, isWrong, notice } });
}

/** Renders the confirmation step; both proofs exist. `isChanged`: the order differs from the one shown before. */
export async function showConfirm(
  deps: Deps,
  ctx: Context,
  opened: OpenedCheckout,
  { person, isChanged = false }: { readonly person: SignedInSubscriber; readonly isChanged?: boolean },
): Promise<void> {
  const { t } = frameOf(ctx);
  const price = priceOf(opened, orderTerms(deps, frameOf(ctx).language));
  const confirmLabel = t(`confirm.${opened.subject.kind}`, price === undefined ? {} : { amount: price });
  const history = await findHistory(deps, opened, person);
  const notice = isChanged ? noticeOf(ctx, 'order-changed') : undefined;
  if (isChanged) ctx.status = 409;
  const view = { confirmLabel, person: personLabel(ctx, person), notice };
  const shown = sealOf(deps, { opened, history });
  showStep(deps, ctx, { opened, step: 'confirm', view, history, shown });
}

/** Seconds after which a browser asks again for a page that waits for the AAA servers. */
const REFRESH_SECONDS = 2;

/** Renders that the line is being verified: the browser asks again by itself, with or without scripts. */
export function showWaiting(
  deps: Deps,
  ctx: Context,
  opened: OpenedCheckout,
  { issuedId }: Pick<SignedInSubscriber, 'issuedId'>,
): void {
  ctx.status = 202;
  ctx.set('Refresh', `${REFRESH_SECONDS}; url=${checkoutPath(ctx)}`);
  showStep(deps, ctx, { opened, step: 'waiting', view: { person: formatIssuedId(issuedId) } });
}

/** Renders that the line was not proven, and what to do. It does not name the line, which a stolen password must not reveal. */
export function showLineNotProven(
  deps: Deps,
  ctx: Context,
  opened: OpenedCheckout,
  failed: {
    readonly outcome: NotProven;
    readonly person: SignedInSubscriber;
  },
): void {
  const { outcome } = failed;
  const person = formatIssuedId(failed.person.issuedId);
  if (outcome.kind === 'limited') {
    const seconds = outcome.retryAfterSeconds;
    ctx.status = 429;
    ctx.set('Retry-After', String(seconds));
    const notice = noticeOf(ctx, 'line-limited', { seconds });
    showStep(deps, ctx, { opened, step: 'line-unproven', view: { person, notice } });
    return;
  }
  const step = outcome.kind === 'refused' ? 'line-refused' : 'line-unproven';
  ctx.status = outcome.kind === 'refused' ? 403 : 503;
  showStep(deps, ctx, { opened, step, view: { person, notice: noticeOf(ctx, step) } });
}

/** Renders why the purchase was refused. The checkout stays open and can be declined. */
export async function showRefusal(
  deps: Deps,
  ctx: Context,
  opened: OpenedCheckout,
  failed: { readonly problem: Problem; readonly person: SignedInSubscriber },
): Promise<void> {
  const { problem } = failed;
  setProblemHeaders(ctx, problem);
  const key = isMessageKey(`refused.${problem.code}.title`) ? problem.code : 'other';
  const person = personLabel(ctx, failed.person);
  const { language } = frameOf(ctx);
  const { contact, contactEn } = deps.config.carrier;
  const whomToAsk = { contact: language === 'ja' ? contact : contactEn };
  const facts = { ...whomToAsk, ...describeRefusal(problem, orderTerms(deps, language)) };
  const notice = noticeOf(ctx, `refused.${key}`, facts);
  const history = await findHistory(deps, opened, failed.person);
  showStep(deps, ctx, { opened, step: 'refused', view: { person, notice }, history });
}

/** Renders that the checkout is closed, with a link to the seller. */
export function showClosed(
  deps: Deps,
  ctx: Context,
  opened: OpenedCheckout,
  state: EffectiveCheckoutState,
): void {
  const { t, language } = frameOf(ctx);
  ctx.status = state === 'expired' || state === 'withdrawn' ? 410 : 200;
  const company = language === 'ja' ? opened.company.name : opened.company.nameEn;
  const closed = {
    ...noticeOf(ctx, `closed.${state}`),
    href: returnAddress(opened, deps.clock.now()),
    label: t('closed.back', { company }),
  };
  showStep(deps, ctx, { opened, step: 'closed', view: { closed } });
}

/** Path of the checkout's page, also from the addresses of its forms. */
export function checkoutPath(ctx: Context): string {
  const { id, seal } = (ctx as Context & { params: Record<string, string> }).params;
  return `/checkout/${id}/${seal}`;
}

interface StepContent {
  readonly opened: OpenedCheckout;
  readonly step: Step;
  readonly view: object;
  readonly history?: History;
  /** The seal of what the page shows, which its form sends back. */
  readonly shown?: string;
}

function showStep(deps: Deps, ctx: Context, { opened, step, view, history = {}, shown }: StepContent): void {
  const { t } = frameOf(ctx);
  const order = describeOrder(opened, { ...orderTerms(deps, frameOf(ctx).language), ...history });
  const path = checkoutPath(ctx);
  renderPage(ctx, {
    template: 'checkout',
    title: order.title,
    path,
    // Browsers apply form-action to the redirect after a form, too.
    formOrigins: step === 'closed' ? [] : [new URL(opened.checkout.returnUrl).origin],
    view: {
      ...view,
      order,
      path,
      step,
      stages: stagesOf(step),
      kind: opened.subject.kind,
      formToken: step === 'closed' ? '' : formTokenOf(ctx, deps.config, shown),
      title: t(`order.${opened.subject.kind}`),
    },
  });
}

function stagesOf(step: Step): readonly object[] {
  if (step === 'closed') return [];
  const current = step === 'sign-in' ? 0 : 1;
  return ['steps.sign-in', 'steps.confirm', 'steps.back'].map((key, index) => ({
    key,
    isCurrent: index === current,
    isDone: index < current,
  }));
}

function signInNotice(ctx: Context, problem: Problem): Notice {
  if (problem.code === 'issued-id-mistyped') return noticeOf(ctx, 'error.issued-id-mistyped');
  if (problem.code === 'sign-in-locked') {
    const minutes = Math.ceil(Number(problem.facts['retry_after_seconds']) / 60);
    return noticeOf(ctx, 'error.sign-in-locked', { minutes });
  }
  if (problem.code !== 'sign-in-refused') return noticeOf(ctx, 'error.busy');
  const notice = noticeOf(ctx, 'error.sign-in-refused');
  return { ...notice, text: `${notice.text}${describeTries(ctx, problem)}` };
}

/** How many tries are left; nothing for a form with an empty field, which counts as none. */
function describeTries(ctx: Context, { facts }: Problem): string {
  const left = facts['tries_left'];
  if (left === undefined) return '';
  const { t } = frameOf(ctx);
  return left === 0 ? t('error.no-tries-left') : t('error.tries-left', { count: Number(left) });
}

function noticeOf(ctx: Context, key: string, facts: Record<string, string | number> = {}): Notice {
  const { t } = frameOf(ctx);
  return { title: t(`${key}.title` as MessageKey, facts), text: t(`${key}.text` as MessageKey, facts) };
}

function personLabel(ctx: Context, { displayName, issuedId }: SignedInSubscriber): string {
  return frameOf(ctx).t('confirm.signed-in-as', { name: displayName, issuedId: formatIssuedId(issuedId) });
}
