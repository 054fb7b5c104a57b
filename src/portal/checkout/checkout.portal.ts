import { isCheckoutSeal } from '../../checkout/checkout-seal.rules.ts';
import { Problem } from '../../shared/problem.ts';
import { definePortal } from '../kit/define-portal.ts';
import { findSubscriber } from '../signed-in.ts';
import { confirmForm, declineForm, passkeyForm, signInForm, signOutForm } from './checkout.forms.ts';
import { checkoutPage } from './checkout.page.ts';

/**
 * The page on which a subscriber confirms a purchase. It works without scripts. Its address carries a seal: a wrong one is
 * 404 like an unknown identifier, and causes no query.
 */
export const checkoutPortal = definePortal({
  name: 'checkout',
  listener: 'public',
  audience: { name: 'subscriber', signInPath: '/my/sign-in', find: findSubscriber },
  tagline: 'page.service',
  foot: 'page.safe',
  sealed: {
    assert: ({ config }, { id = '', seal = '' }) => {
      if (!isCheckoutSeal(config, id, seal)) throw new Problem('not-found');
    },
    backPath: checkoutPage.path,
  },
  formLimit: '8kb',
  pages: [checkoutPage],
  forms: [signInForm, passkeyForm, signOutForm, confirmForm, declineForm],
});
