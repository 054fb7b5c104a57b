import { reportRefusedSignIn } from '../../identity/report-sign-in.ts';
import { rememberLanguage } from '../../identity/remember-language.ts';
import { sendOneTimeCode } from '../../identity/send-one-time-code.ts';
import { signIn } from '../../identity/sign-in.ts';
import { credentialMark, type SignedInSubscriber } from '../../identity/subscriber.queries.ts';
import { useOneTimeCode } from '../../identity/use-one-time-code.ts';
import type { LineCheckOutcome } from '../../radius/line-check.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { Problem } from '../../shared/problem.ts';
import { admitSignIns } from '../sign-in-gate.ts';
import { defineForm } from '../kit/define-form.ts';
import { optional, secretField, textField } from '../kit/form-fields.ts';
import { returnPathOf } from '../kit/return-path.rules.ts';
import type { Visit } from '../kit/visit.ts';
import { proofOf } from './line-presence.ts';
import { findSignedIn } from '../signed-in.ts';
import { codePage, signInPage } from './sign-in.pages.ts';

const next = optional(textField({ label: 'my.sign-in.title', maxLength: 600 }));

/** A path of our own that a form sent back, else the first page. */
const pathAfter = (path = ''): string => (path.startsWith('/my') ? returnPathOf(path) : undefined) ?? '/my';

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
    const { person, outcome } = await proveBoth(deps, { issuedId, password, source: visit.address });
    await rememberLanguage(deps, { subscriberId: person.id, language: visit.language });
    const isOnLine = outcome.kind === 'accepted';
    await visit.startSession({
      ...sessionOf(deps, person),
      ...(isOnLine && {
        lineProof: proofOf(deps, { lineId: person.lineId, address: visit.address, server: outcome.server }),
      }),
    });
    return isOnLine;
  },
  done: (isOnLine, { input }) => {
    const path = pathAfter(input.next);
    return { to: isOnLine ? path : `/my/code?next=${encodeURIComponent(path)}` };
  },
  page: signInPage,
});

interface Typed {
  readonly issuedId: string;
  readonly password: string;
  readonly source: string;
}

/** The line is checked beside the password, and its outcome is looked at only when the password was right. */
async function proveBoth(
  deps: ServiceDeps,
  typed: Typed,
): Promise<{ person: SignedInSubscriber; outcome: LineCheckOutcome }> {
  let asked: Promise<LineCheckOutcome> | undefined;
  // After this turn of the event loop: the response to a wrong password takes no longer for an ID that exists.
  const meanwhile = ({ lineId }: SignedInSubscriber) =>
    void setImmediate(() => {
      asked = deps.lineCheck.check({ lineId, address: typed.source });
    });
  const person = await reportRefusedSignIn(deps, typed, signIn(deps, { ...typed, meanwhile }));
  const outcome = await (asked ?? deps.lineCheck.check({ lineId: person.lineId, address: typed.source }));
  return { person, outcome };
}

function sessionOf({ clock }: Pick<ServiceDeps, 'clock'>, person: SignedInSubscriber) {
  return {
    startedAt: clock.now().getTime(),
    subscriberId: person.id,
    credential: credentialMark(person),
    provenBy: 'password' as const,
  };
}

/** Whose password this session has proven. @throws Problem `sign-in-refused` */
async function requirePasswordProven(deps: ServiceDeps, visit: Visit): Promise<SignedInSubscriber> {
  const person = await findSignedIn(deps, visit);
  if (!person) throw new Problem('session-ended');
  return person;
}

export const sendCodeForm = defineForm({
  name: 'my.send-code',
  path: '/my/code/send',
  audience: 'public',
  fields: { next },
  submit: async (deps, { visit }) => {
    const { id: subscriberId } = await requirePasswordProven(deps, visit);
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
    const person = await requirePasswordProven(deps, visit);
    await useOneTimeCode(deps, { subscriberId: person.id, purpose: 'sign-in', code: input.code });
    await visit.startSession({ ...sessionOf(deps, person), byMailCode: true });
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
