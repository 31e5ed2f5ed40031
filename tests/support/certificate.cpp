#include "tests/support/certificate.hpp"

#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdexcept>

namespace witan::test {

namespace {

template <class Thing, void (*Free)(Thing*)>
struct Freed {
  void operator()(Thing* thing) const { Free(thing); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using Paper = std::unique_ptr<X509, Freed<X509, X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION, X509_EXTENSION_free>>;
using Buffer = std::unique_ptr<BIO, Freed<BIO, BIO_free_all>>;

void must(bool done) {
  if (!done) throw std::runtime_error("OpenSSL makes no certificate");
}

void extend(X509* paper, int name, const char* value) {
  const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, name, value));
  must(extension && X509_add_ext(paper, extension.get(), -1) == 1);
}

std::string content(BIO* buffer) {
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(buffer, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

}  // namespace

Certificate self_signed_certificate() {
  const Key key(EVP_EC_gen("P-256"));
  const Paper paper(X509_new());
  must(key && paper);
  auto* name = X509_get_subject_name(paper.get());
  must(X509_set_version(paper.get(), X509_VERSION_3) == 1 &&
       ASN1_INTEGER_set(X509_get_serialNumber(paper.get()), 1) == 1 &&
       X509_gmtime_adj(X509_getm_notBefore(paper.get()), -60) &&
       X509_gmtime_adj(X509_getm_notAfter(paper.get()), 3600) &&
       X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"),
                                  -1, -1, 0) == 1 &&
       X509_set_issuer_name(paper.get(), name) == 1 && X509_set_pubkey(paper.get(), key.get()) == 1);
  extend(paper.get(), NID_basic_constraints, "critical,CA:TRUE");
  extend(paper.get(), NID_subject_alt_name, "IP:127.0.0.1");
  must(X509_sign(paper.get(), key.get(), EVP_sha256()) > 0);
  const Buffer written_paper(BIO_new(BIO_s_mem())), written_key(BIO_new(BIO_s_mem()));
  must(PEM_write_bio_X509(written_paper.get(), paper.get()) == 1 &&
       PEM_write_bio_PrivateKey(written_key.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return {content(written_paper.get()), content(written_key.get())};
}

}  // namespace witan::test
