import type { Context } from 'koa';
import { KoaPassport } from 'koa-passport';
import { Strategy as LocalStrategy } from 'passport-local';
import type { Deps } from '../deps.ts';
import { formField } from '../shared/form-field.ts';
import { Problem } from '../shared/problem.ts';
import { reportRefusedSignIn } from './report-sign-in.ts';
import { signIn } from './sign-in.ts';
import type { SignedInSubscriber } from './subscriber.queries.ts';

/** The names of the form's fields. */
export const signInFields = { issuedId: 'issued_id', password: 'password' } as const;

/** Begins, while the password is verified, what the sign-in of a subscriber at an address will need. */
export type Meanwhile = (found: SignedInSubscriber, address: string) => void;

export type SignInOfRequest = (ctx: Context) => Promise<SignedInSubscriber>;

/**
 * Signs in with the issued ID and password from the body of a posted form. The caller creates the session: only the
 * callback form of passport keeps every refusal a Problem.
 */
export function subscriberSignIn(deps: Deps, meanwhile?: Meanwhile): SignInOfRequest {
  const passport = new KoaPassport();
  const fields = { usernameField: signInFields.issuedId, passwordField: signInFields.password };
  passport.use(
    'subscriber',
    new LocalStrategy(
      { ...fields, passReqToCallback: true, session: false },
      (request, issuedId, password, done) => {
        const source = request.ip ?? '';
        const begin = meanwhile && ((found: SignedInSubscriber) => meanwhile(found, source));
        const input = { issuedId, password, source, meanwhile: begin };
        callBack(reportRefusedSignIn(deps, input, signIn(deps, input)), done);
      },
    ),
  );
  return async (ctx) => {
    // Passport falls back to the query string; an address with credentials would end up in logs and histories.
    const isTyped = Object.values(signInFields).every((field) => formField(ctx, field) !== '');
    if (!isTyped) throw new Problem('sign-in-refused');
    let proven: SignedInSubscriber | undefined;
    const authenticate = passport.authenticate(
      'subscriber',
      { session: false },
      (error: unknown, signedIn: SignedInSubscriber | false | undefined) => {
        if (error) throw error;
        if (signedIn) proven = signedIn;
      },
    );
    await authenticate(ctx, async () => {});
    if (!proven) throw new Problem('sign-in-refused');
    return proven;
  };
}

/** Passport requires callbacks; an error that they throw must not become a rejection of the sign-in. */
function callBack<T>(result: Promise<T>, done: (error: unknown, value?: T) => void): void {
  void (async () => {
    const [outcome] = await Promise.allSettled([result]);
    if (outcome.status === 'fulfilled') done(null, outcome.value);
    else done(outcome.reason);
  })();
}
