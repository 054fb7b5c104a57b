/**
 * Text people read: no control characters, halves of characters, line separators, marks that turn the direction of
 * writing or are not seen (a description must not disguise itself on the confirmation page), no blank edges, and
 * something to see. Joiners stay: emoji are put together with them.
 */
export const READABLE =
  '^(?!\\s)(?=[^]*[^\\s\\u00ad\\u115f\\u1160\\u200c\\u200d\\u2800\\u3164\\uffa0\\ufe00-\\ufe0f])' +
  '[^\\p{Cc}\\p{Cs}\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufffe\\uffff\\u{e0000}-\\u{e007f}]*(?<!\\s)$';
