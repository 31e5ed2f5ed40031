#include "gateway/live/frame_layer.hpp"

#include <gtest/gtest.h>

namespace witan::live {
namespace {

TEST(FrameLayerTest, a_send_that_fails_closes_the_socket) {
  net::io_context loop;
  net::ip::tcp::acceptor acceptor(loop, {net::ip::address_v4::loopback(), 0});
  net::ip::tcp::socket peer(loop);
  peer.connect(acceptor.local_endpoint());
  FrameLayer::Socket socket(loop.get_executor());
  acceptor.accept(socket);
  FrameLayer layer(std::move(socket));
  layer.begin_frames();
  const auto text = std::make_shared<const std::string>(1024 * 1024, 'x');
  for (int i = 0; i < 20; ++i) layer.send_text(text);   // more than the kernel takes
  ASSERT_GT(layer.queued_bytes(), 0U);
  peer.set_option(net::socket_base::linger(true, 0));
  peer.close();   // resets the connection
  loop.run_for(std::chrono::seconds(5));
  EXPECT_EQ(layer.queued_bytes(), 0U);
  EXPECT_FALSE(layer.socket().is_open());
}

}  // namespace
}  // namespace witan::live
