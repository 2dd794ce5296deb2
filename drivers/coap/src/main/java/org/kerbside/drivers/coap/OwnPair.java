package org.kerbside.drivers.coap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.eclipse.californium.scandium.dtls.CertificateIdentityResult;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.SignatureAndHashAlgorithm;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite.CertificateKeyAlgorithm;
import org.eclipse.californium.scandium.dtls.cipher.XECDHECryptography.SupportedGroup;
import org.eclipse.californium.scandium.dtls.x509.CertificateConfigurationHelper;
import org.eclipse.californium.scandium.dtls.x509.CertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.ConfigurationHelperSetup;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException;

/**
 * Shows the gateway's certificate as it lies in its folder when a handshake begins: one that was
 * renewed counts from the next on. Where the files are no pair, as between the one and the other,
 * the last that were go on. Confined to the thread that connects.
 */
final class OwnPair implements CertificateProvider, ConfigurationHelperSetup {

  private final Path folder;

  // As of the last handshake, and when its files were written.
  private SingleCertificateProvider shown;
  private List<FileTime> written;

  OwnPair(Path folder, Certificates first) {
    this.folder = folder;
    shown = provider(first);
    written = List.of(); // Read once more: they may have changed since.
  }

  @Override
  public void setupConfigurationHelper(CertificateConfigurationHelper helper) {
    shown.setupConfigurationHelper(helper);
  }

  @Override
  public List<CertificateKeyAlgorithm> getSupportedCertificateKeyAlgorithms() {
    return shown.getSupportedCertificateKeyAlgorithms();
  }

  @Override
  public List<CertificateType> getSupportedCertificateTypes() {
    return shown.getSupportedCertificateTypes();
  }

  @Override
  public CertificateIdentityResult requestCertificateIdentity(
      ConnectionId connection,
      boolean isClient,
      @Nullable List<X500Principal> issuers,
      @Nullable ServerNames names,
      @Nullable List<CertificateKeyAlgorithm> keys,
      @Nullable List<SignatureAndHashAlgorithm> signatures,
      @Nullable List<SupportedGroup> curves) {
    look();
    return shown.requestCertificateIdentity(
        connection, isClient, issuers, names, keys, signatures, curves);
  }

  /** Every answer is there at once. */
  @Override
  public void setResultHandler(HandshakeResultHandler handler) {}

  private void look() {
    try {
      var now =
          List.of(
              Files.getLastModifiedTime(folder.resolve("key.pem")),
              Files.getLastModifiedTime(folder.resolve("cert.pem")));
      if (!now.equals(written)) {
        var read = Certificates.in(folder);
        new CertificateConfigurationHelper()
            .verifyKeyPair(read.key(), read.chain().getFirst().getPublicKey());
        shown = provider(read);
        written = now;
      }
    } catch (IOException | DeviceException | IllegalArgumentException unfit) {
      // The last that was good goes on; the uplink, which shows the same, tells of it.
    }
  }

  private static SingleCertificateProvider provider(Certificates own) {
    return new SingleCertificateProvider(
        own.key(), own.chain().toArray(Certificate[]::new), CertificateType.X_509);
  }
}
