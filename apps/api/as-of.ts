import { formatInstant } from '#calendar';
import type { Instant } from '#kernel';
import { Problem } from './problem.ts';

/** The instant as of which somebody reads. The future has not happened: what is true now must not pass for it. */
export function reached(at: Instant, now: Instant): Instant {
  if (at <= now) return at;
  throw new Problem('invalidBody', { errors: [{
    path: '/at', code: 'instantReached',
    text: {
      de: `Dieser Zeitpunkt liegt in der Zukunft: In dieser Installation ist es ${formatInstant(now, 'de')}. Lassen Sie ihn weg, um den Stand von jetzt zu lesen.`,
      en: `This instant lies in the future: in this installation it is ${formatInstant(now, 'en')}. Leave it out to read what is true now.`,
    },
  }] });
}
