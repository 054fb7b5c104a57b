import { reportRefusedSignIn } from '../../identity/report-sign-in.ts';
import { rememberLanguage } from '../../identity/remember-language.ts';
import { sendOneTimeCode } from '../../identity/send-one-time-code.ts';
import { signInWithPasskey } from '../../identity/passkey-sign-in.ts';
import { signIn } from '../../identity/sign-in.ts';
import type { SignedInSubscriber } from '../../identity/subscriber.queries.ts';
import { useOneTimeCode } from '../../identity/use-one-time-code.ts';
import type { LineCheckOutcome } from '../../radius/line-check.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { Problem } from '../../shared/problem.ts';
import { admitSignIns } from '../sign-in-gate.ts';
import { defineForm } from '../kit/define-form.ts';
import { optional, secretField, textField } from '../kit/form-fields.ts';
import { authenticationField } from '../kit/passkey-field.ts';
import { returnPathOf } from '../kit/return-path.rules.ts';
import type { Visit } from '../kit/visit.ts';
import { proofOf } from './line-presence.ts';
import { continueSession, findSignedIn, provenSession, type UsedPasskey } from '../signed-in.ts';
import { codePage, signInPage } from './sign-in.pages.ts';

const next = optional(textField({ label: 'my.sign-in.title', maxLength: 600 }));

/** A path of our own that a form sent back, else the first page. */
export const pathAfter = (path = ''): string =>
  (path.startsWith('/my') ? returnPathOf(path) : undefined) ?? '/my';

/** Both proofs: the person by ID and password, and the line, which is asked for meanwhile. Without the line, a code by mail. */
export const signInForm = defineForm({
  name: 'my.sign-in-form',
  path: '/my/sign-in',
  audience: 'public',
  admission: admitSignIns(),
  fields: {
    issuedId: textField({ label: 'sign-in.issued-id', maxLength: 64 }),
    password: secretField('sign-in.password'),
    next,
  },
  submit: async (deps, { input, visit }) => {
    const { issuedId, password } = input;
    return enter(deps, visit, await proveBoth(deps, { issuedId, password, source: visit.address }));
  },
  done: leadOn,
  page: signInPage,
});

/** The same with a passkey in place of ID and password. The line is asked for once it is known whose it is. */
export const passkeySignInForm = defineForm({
  name: 'my.passkey-sign-in',
  path: '/my/sign-in/passkey',
  audience: 'public',
  admission: admitSignIns(),
  fields: { response: authenticationField, next },
  submit: async (deps, { input: { response }, visit }) => {
    const { address: source } = visit;
    const asked = { response, source, browser: visit.formToken(deps.config) };
    const person = await reportRefusedSignIn(deps, { source }, signInWithPasskey(deps, asked));
    const outcome = await deps.lineCheck.check({ lineId: person.lineId, address: source });
    return enter(deps, visit, { person, outcome, passkey: response });
  },
  done: leadOn,
  page: signInPage,
});

interface Proven {
  readonly person: SignedInSubscriber;
  readonly outcome: LineCheckOutcome;
  readonly passkey?: UsedPasskey;
}

/** Starts the session of a proven person. Returns whether the line is proven, too. */
async function enter(
  deps: ServiceDeps,
  visit: Visit,
  { person, outcome, passkey }: Proven,
): Promise<boolean> {
  const { address, language } = visit;
  await rememberLanguage(deps, { subscriberId: person.id, language });
  const isOnLine = outcome.kind === 'accepted';
  await visit.startSession({
    ...provenSession(deps, person, passkey),
    ...(isOnLine && {
      lineProof: proofOf(deps, { lineId: person.lineId, address, server: outcome.server }),
    }),
  });
  return isOnLine;
}

/** Without the line a code is asked for first. */
function leadOn(isOnLine: boolean, { input }: { readonly input: { readonly next: string | undefined } }) {
  const path = pathAfter(input.next);
  return { to: isOnLine ? path : `/my/code?next=${encodeURIComponent(path)}` };
}

interface Typed {
  readonly issuedId: string;
  readonly password: string;
  readonly source: string;
}

/** The line is checked beside the password, and its outcome is looked at only when the password was right. */
async function proveBoth(deps: ServiceDeps, typed: Typed): Promise<Proven> {
  let asked: Promise<LineCheckOutcome> | undefined;
  // After this turn of the event loop: the response to a wrong password takes no longer for an ID that exists.
  const meanwhile = ({ lineId }: SignedInSubscriber) =>
    void setImmediate(() => {
      asked = deps.lineCheck.check({ lineId, address: typed.source });
    });
  const attempt = { ...typed, meanwhile, admitsFormer: true } as const;
  const person = await reportRefusedSignIn(deps, typed, signIn(deps, attempt));
  // The line of a former holder is another's: connected through it, nothing is proven.
  if (!person.isEntitled) return { person, outcome: { kind: 'refused', reason: 'rejected' } };
  const outcome = await (asked ?? deps.lineCheck.check({ lineId: person.lineId, address: typed.source }));
  return { person, outcome };
}

/** The person whom this session has proven, also of a former tenure. @throws Problem `session-ended` */
async function requirePersonProven(deps: ServiceDeps, visit: Visit): Promise<SignedInSubscriber> {
  const person = await findSignedIn(deps, visit, { admitsFormer: true });
  if (!person) throw new Problem('session-ended');
  return person;
}

export const sendCodeForm = defineForm({
  name: 'my.send-code',
  path: '/my/code/send',
  audience: 'public',
  fields: { next },
  submit: async (deps, { visit }) => {
    const { id: subscriberId } = await requirePersonProven(deps, visit);
    const { address, userAgent } = visit;
    return sendOneTimeCode(deps, { subscriberId, purpose: 'sign-in', address, userAgent });
  },
  done: ({ sentTo }, { input }) => ({
    to: `/my/code?next=${encodeURIComponent(pathAfter(input.next))}`,
    flash: 'my.code.sent',
    facts: { address: sentTo },
  }),
  page: codePage,
});

export const codeForm = defineForm({
  name: 'my.code-form',
  path: '/my/code',
  audience: 'public',
  fields: { code: textField({ label: 'my.code.code', maxLength: 32 }), next },
  submit: async (deps, { input, visit }) => {
    const person = await requirePersonProven(deps, visit);
    await useOneTimeCode(deps, { subscriberId: person.id, purpose: 'sign-in', code: input.code });
    await continueSession(deps, visit, { byMailCode: true });
  },
  done: (_, { input }) => ({ to: pathAfter(input.next) }),
  page: codePage,
});

export const signOutForm = defineForm({
  name: 'my.sign-out',
  path: '/my/sign-out',
  audience: 'public',
  fields: {},
  submit: (_, { visit }) => Promise.resolve(visit.endSession()),
  done: () => ({ to: '/my/sign-in?after=sign-out' }),
  page: signInPage,
});
