import PDFDocument from 'pdfkit';
import type { Locale } from '../../src/shared/money.ts';

export interface DocumentCard {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly keywords: string;
  /** Japanese unless given. */
  readonly language?: Locale;
  /** Stands for the moment of creation, so that the same content gives the same bytes on any day. */
  readonly createdAt: Date;
}

/**
 * An empty tagged PDF 1.7. It knows no default font, and its identifier is a digest of the card:
 * the same card and the same drawing give the same file, byte for byte.
 */
export function createDocument(card: DocumentCard): PDFKit.PDFDocument {
  return new PDFDocument({
    autoFirstPage: false,
    // An empty name keeps pdfkit from adding its Helvetica, which is not embedded.
    font: '',
    fontLayoutCache: false,
    pdfVersion: '1.7',
    lang: card.language === 'en' ? 'en' : 'ja-JP',
    tagged: true,
    displayTitle: true,
    info: {
      Title: asMetadata(card.title),
      Author: asMetadata(card.author),
      Subject: asMetadata(card.subject),
      Keywords: asMetadata(card.keywords),
      Creator: 'Tabane',
      Producer: 'Tabane (PDFKit)',
      CreationDate: card.createdAt,
    },
  });
}

/** pdfkit writes these texts unescaped into the XML metadata; the full-width forms cannot break it. */
function asMetadata(text: string): string {
  return text.replaceAll('&', '＆').replaceAll('<', '＜').replaceAll('>', '＞');
}
