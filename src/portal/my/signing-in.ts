import { changePasswordForm, forgottenCodeForm, forgottenForm, newPasswordForm } from './password.forms.ts';
import { passkeyForms } from './passkeys.forms.ts';
import { passkeyPages } from './passkeys.pages.ts';
import { endOthersForm, securityPage } from './security.pages.ts';
import { stepUpPage, stepUpPasskeyForm, stepUpPasswordForm } from './step-up.pages.ts';
import { codeForm, passkeySignInForm, sendCodeForm, signInForm, signOutForm } from './sign-in.forms.ts';
import { codePage, forgottenCodePage, forgottenPage, newPasswordPage, signInPage } from './sign-in.pages.ts';

/** Signing in, passwords, passkeys and sessions. */
export const signingIn = {
  pages: [
    signInPage,
    codePage,
    newPasswordPage,
    forgottenPage,
    forgottenCodePage,
    securityPage,
    stepUpPage,
    ...passkeyPages,
  ],
  forms: [
    signInForm,
    passkeySignInForm,
    signOutForm,
    sendCodeForm,
    codeForm,
    newPasswordForm,
    changePasswordForm,
    forgottenForm,
    forgottenCodeForm,
    endOthersForm,
    stepUpPasswordForm,
    stepUpPasskeyForm,
    ...passkeyForms,
  ],
};
