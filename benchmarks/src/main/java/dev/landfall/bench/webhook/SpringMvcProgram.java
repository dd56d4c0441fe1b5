package dev.landfall.bench.webhook;

import dev.landfall.bench.frame.Parent;
import java.io.File;
import java.net.InetAddress;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** The same with Spring MVC in Tomcat, each with its defaults: a mapping that takes the bytes. */
final class SpringMvcProgram {

  private SpringMvcProgram() {}

  /**
   * Serves until the parent has enough.
   *
   * @param arguments none that matter
   */
  public static void main(String[] arguments) throws Exception {
    // It tells of every start and stop, and at length what else it would like to look for.
    Logger.getLogger("org.apache").setLevel(Level.SEVERE);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(new File("tomcat").getAbsolutePath());
    Connector connector = new Connector("HTTP/1.1");
    connector.setPort(0);
    if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
      protocol.setAddress(InetAddress.getLoopbackAddress());
      // As its limit of 100 requests would have a sender connect anew all the time.
      connector.setProperty("maxKeepAliveRequests", "-1");
    }
    tomcat.setConnector(connector);
    var application = new AnnotationConfigWebApplicationContext();
    application.register(Events.class);
    Context context = tomcat.addContext("", new File(".").getAbsolutePath());
    Wrapper events = Tomcat.addServlet(context, "events", new DispatcherServlet(application));
    events.setLoadOnStartup(1);
    events.addMapping("/");
    tomcat.start();
    try {
      Parent.tell("http://127.0.0.1:%d/events".formatted(connector.getLocalPort()));
      Parent.awaitEnd();
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  @RestController
  @EnableWebMvc
  static class Events {

    @PostMapping("/events")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void take(@RequestBody byte[] body) {
      // Accepted unread.
    }
  }
}
