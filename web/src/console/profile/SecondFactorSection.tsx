import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { queryClient } from '#api/client.ts';
import { ApiError } from '#api/errors.ts';
import { getMeQueryKey } from '#api/generated/@tanstack/react-query.gen.ts';
import { confirmSecondFactor, enrolSecondFactor, turnOffSecondFactor } from '#api/generated/sdk.gen.ts';
import { Button } from '#shared/ui/Button.tsx';
import { useMe } from '../me.ts';
import { wordsOf } from '../refusals.ts';
import { Field, FormError } from '../ui/Field.tsx';
import { Section } from '../ui/Section.tsx';
import { sayDone } from '../ui/toasts.ts';
import { QrCode } from './QrCode.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import styles from './SecondFactorSection.module.css';

/** Turns the second factor on and off: a secret for the app, a code that proves it, then the recovery codes. */
export function SecondFactorSection() {
  const isOn = useMe().has_second_factor === true;
  const [recoveryCodes, setRecoveryCodes] = useState<string[] | null>(null);
  const refreshMe = () => queryClient.invalidateQueries({ queryKey: getMeQueryKey() });
  const enrolling = useMutation({
    mutationFn: (body: { password?: string }) => enrolSecondFactor({ body }),
  });
  const confirming = useMutation({
    mutationFn: (code: string) => confirmSecondFactor({ body: { code } }),
    onSuccess({ recovery_codes }) {
      setRecoveryCodes(recovery_codes);
      enrolling.reset();
      void refreshMe();
    },
  });
  const turningOff = useMutation({
    mutationFn: (body: { password?: string }) => turnOffSecondFactor({ body }),
    onSuccess() {
      sayDone(t`The second factor is off`);
      setRecoveryCodes(null);
      void refreshMe();
    },
  });
  const proving = isOn ? turningOff : enrolling;
  const needsPassword =
    proving.variables?.password !== undefined ||
    (proving.error instanceof ApiError && proving.error.code === 'fresh_sign_in_required');

  function prove(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const password = new FormData(event.currentTarget).get('password');
    proving.mutate(password === null ? {} : { password: String(password) });
  }

  function confirm(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    confirming.mutate(String(new FormData(event.currentTarget).get('code')));
  }

  if (recoveryCodes) return <RecoveryCodes codes={recoveryCodes} onStored={() => setRecoveryCodes(null)} />;
  if (enrolling.data && !isOn) {
    const { uri, secret } = enrolling.data;
    return (
      <Section title={t`Second factor`}>
        <p>
          <Trans>Scan this with your authenticator app, or type the key into it.</Trans>
        </p>
        <QrCode text={uri} label={t`QR code for your authenticator app`} />
        <code className={styles.secret}>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        <form onSubmit={confirm}>
          <Field
            label={t`Code`}
            hint={t`The six digits that the app shows now`}
            name="code"
            autoComplete="one-time-code"
            inputMode="numeric"
            minLength={6}
            maxLength={40}
            required
          />
          {confirming.error && <FormError>{wordsOf(confirming.error)}</FormError>}
          <Button type="submit" look="primary" disabled={confirming.isPending}>
            <Trans>Turn on</Trans>
          </Button>
        </form>
      </Section>
    );
  }
  return (
    <Section title={t`Second factor`}>
      {isOn ? (
        <p className={styles.on}>
          <ShieldCheck size={16} aria-hidden />
          <Trans>It is on: signing in needs a code from your authenticator app.</Trans>
        </p>
      ) : (
        <p>
          <Trans>Signing in then needs a code from an authenticator app, besides the password.</Trans>
        </p>
      )}
      <form onSubmit={prove}>
        {needsPassword && (
          <Field
            label={t`Your password`}
            name="password"
            type="password"
            autoComplete="current-password"
            required
          />
        )}
        {proving.error && <FormError>{wordsOf(proving.error)}</FormError>}
        <Button type="submit" look={isOn ? 'danger' : 'primary'} disabled={proving.isPending}>
          {isOn ? <Trans>Turn off the second factor</Trans> : <Trans>Set up the second factor</Trans>}
        </Button>
      </form>
    </Section>
  );
}
