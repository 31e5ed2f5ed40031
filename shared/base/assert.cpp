#include "shared/base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace witan {

void assertion_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "{\"level\":\"critical\",\"event\":\"assertion_failed\",\"expression\":\"%s\",\"at\":\"%s:%d\"}\n",
               expression, file, line);
  std::abort();
}

}  // namespace witan
