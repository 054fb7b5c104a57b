import { definePage } from '../kit/define-page.ts';
import { template } from '../kit/template.ts';
import { viewCheckout, type CheckoutView } from './checkout.view.rules.ts';
import { loadCheckout } from './load-checkout.ts';

/** One page for all steps: it shows the step that follows from who is signed in and what is proven. */
export const checkoutPage = definePage({
  name: 'checkout.page',
  path: '/checkout/:id/:seal',
  audience: 'public',
  load: (deps, { params, visit }) => loadCheckout(deps, { params, visit }),
  view: viewCheckout,
  template: template<CheckoutView>('checkout'),
});
