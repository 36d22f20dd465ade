import helmet from 'helmet';
import { STYLE_HASH } from './unsubscribe.page.ts';

const NOTHING = { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] };

/** An API serves data: nothing it sends may run, frame or load anything. Loopback has no TLS, so nothing is upgraded to it. */
export const dataHeaders = () => helmet({
  contentSecurityPolicy: { useDefaults: false, directives: NOTHING },
  strictTransportSecurity: false,
  crossOriginResourcePolicy: { policy: 'same-origin' },
});

/** The documentation's page brings its own scripts and inline styles, and calls the API it documents. */
export const docsHeaders = () => helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { ...NOTHING, scriptSrc: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:'], fontSrc: ["'self'"], connectSrc: ["'self'"] },
  },
  strictTransportSecurity: false,
});

/** The page behind the link in a mail: its own style, and a button that goes to where the page came from. */
export const unsubscribeHeaders = () => helmet({
  contentSecurityPolicy: { useDefaults: false, directives: { ...NOTHING, styleSrc: [STYLE_HASH], formAction: ["'self'"] } },
  strictTransportSecurity: false,
});
