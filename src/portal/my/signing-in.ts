import { changePasswordForm, forgottenCodeForm, forgottenForm, newPasswordForm } from './password.forms.ts';
import { endOthersForm, securityPage } from './security.pages.ts';
import { codeForm, sendCodeForm, signInForm, signOutForm } from './sign-in.forms.ts';
import { codePage, forgottenCodePage, forgottenPage, newPasswordPage, signInPage } from './sign-in.pages.ts';

/** Signing in, passwords and sessions. */
export const signingIn = {
  pages: [signInPage, codePage, newPasswordPage, forgottenPage, forgottenCodePage, securityPage],
  forms: [
    signInForm,
    signOutForm,
    sendCodeForm,
    codeForm,
    newPasswordForm,
    changePasswordForm,
    forgottenForm,
    forgottenCodeForm,
    endOthersForm,
  ],
};
