import org.testcontainers.DockerClientFactory

// skipped where no container engine answers; where one is required, the build itself then says so
return DockerClientFactory.instance().isDockerAvailable() || "required".equals(System.getenv("TRACKPAY_CONTAINERS"))
